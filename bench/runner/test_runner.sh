#!/bin/sh
# test_runner.sh RUNNER MANIFEST PYTHON: a tiny run from end to end. Checks that the table names
# every system, that JSON and chart are well-formed, that failing and hanging programs are reported
# as such, and that bad options are refused.
set -eu
runner=$1 manifest=$2 python=$3
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
fail() {
    echo "test_runner: $1" >&2
    exit 1
}

"$runner" --manifest="$manifest" --size=tiny --rounds=2 --workers=1,2 \
    --json="$out/a.json" --svg="$out/a.svg" fib treesum_small >"$out/table"
for word in serial tine fib treesum_small; do
    grep -q "^$word" "$out/table" || fail "no $word in the table"
done
"$python" - "$out/a.json" "$out/a.svg" <<'EOF'
import json, sys, xml.dom.minidom
data = json.load(open(sys.argv[1]))
assert [b["program"] for b in data["blocks"]] == ["fib", "treesum_small"]
for block in data["blocks"]:
    assert block["series"]
    for series in block["series"]:
        assert not series["failed"] and len(series["rounds"]["ns"]) == 2, series
        assert min(series["rounds"]["ns"]) > 0
xml.dom.minidom.parse(sys.argv[2])
EOF

# One more system, from elsewhere.
other=$(sed -n 's/^binary fib serial gcc //p' "$manifest")
"$runner" --manifest="$manifest" --size=tiny --rounds=1 --systems=other,serial \
    --add="fib:other:gcc:$other" fib >"$out/table"
grep -q '^other' "$out/table" || fail "--add is not run"

# A program that prints nothing, one that fails, one that hangs: reported, the rest goes on.
for kind in true false "sleep"; do
    printf 'size p full 1000\nbinary p serial gcc %s\n' "$(command -v $kind)" >"$out/manifest"
    if "$runner" --manifest="$out/manifest" --rounds=1 --timeout=1 p >"$out/table" 2>"$out/error"; then
        fail "$kind counts as a success"
    fi
    grep -q failed "$out/table" || fail "$kind is not reported in the table"
    grep -q "$kind" "$out/error" || fail "$kind is not named"
done

printf 'nonsense\n' >"$out/manifest"
for bad in "--manifest=$out/manifest" "--manifest=$out/none" "--manifest=$manifest --rounds=0" \
    "--manifest=$manifest nosuchprogram" "--manifest=$manifest --add=fib:x" \
    "--manifest=$manifest --add=none:x:gcc:/bin/true" "--manifest=$manifest --size=big" "--nosuchoption"; do
    status=0
    # shellcheck disable=SC2086  # several words
    "$runner" $bad >/dev/null 2>"$out/error" || status=$?
    [ "$status" = 2 ] || fail "$bad: status $status"
    [ -s "$out/error" ] || fail "$bad: no message"
done
