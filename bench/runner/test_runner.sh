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

# What the machine gives: two copies of the serial program at once, each kept on one CPU, in which this one
# takes twice as long. When one of them fails, no figure is left, in JSON neither.
cat >"$out/mock" <<'EOF'
#!/bin/sh
unset OMP_NUM_THREADS # which nproc obeys
[ "$(nproc)" = 1 ] && ns=2000 || ns=1000
[ -e "$0.fails" ] && [ "$(nproc)" = 1 ] && { mkdir "$0.first" 2>/dev/null || exit 1; }
echo "bench=flat ok=1 ns=$ns cpu_ns=$ns tasks=1"
EOF
chmod +x "$out/mock"
printf 'size flat full 1\nbinary flat serial gcc %s\nbinary flat tine gcc %s\n' "$out/mock" "$out/mock" >"$out/manifest"
if [ "$(nproc)" -gt 1 ]; then
    "$runner" --manifest="$out/manifest" --bars --rounds=3 flat >"$out/table"
    grep -q 'machine gives 1.000' "$out/table" || fail "two copies: $(cat "$out/table")"
    : >"$out/mock.fails"
    if "$runner" --manifest="$out/manifest" --bars --rounds=3 --json="$out/c.json" flat >"$out/table" 2>"$out/error"; then
        fail "a copy that fails counts as a success"
    fi
    grep -q 'machine gives nan' "$out/table" || fail "a copy has failed: $(cat "$out/table")"
    "$python" - "$out/c.json" <<'EOF'
import json, sys
series = json.load(open(sys.argv[1]))["blocks"][0]["series"]
copies = [s for s in series if s["copies"] == 2]
assert len(copies) == 1 and copies[0]["failed"], series
assert all(v is None for values in copies[0]["rounds"].values() for v in values), copies
EOF
fi

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
