"""Builds the HTML book and looks at it in a browser.

    book.py ROOT [BROWSER]

Every link between pages must lead to a page and a heading that exist. With a BROWSER (chromium), every
page is laid out at the width of a telephone, where it must have text and its style and must not be wider
than the screen.
"""

import html
import json
import os
import re
import subprocess
import sys
import tempfile

LOOK = """<!doctype html><title>check</title><pre id="result"></pre><script>
const pages = %s, found = {};
function look(name) {
    const frame = document.createElement('iframe');
    frame.style = 'width: 400px; height: 800px';
    frame.onload = () => {
        const page = frame.contentDocument, root = page.documentElement;
        found[name] = {
            wide: [root.scrollWidth, root.clientWidth],
            text: page.body.innerText.length,
            color: frame.contentWindow.getComputedStyle(page.querySelector('a')).color,
        };
        document.getElementById('result').textContent = JSON.stringify(found);
    };
    frame.src = name;
    document.body.append(frame);
}
pages.forEach(look);
</script>"""


def read(path):
    with open(path, encoding="utf-8") as text:
        return text.read()


def broken_links(folder, pages):
    texts = {page: read(os.path.join(folder, page)) for page in pages}
    for page, text in texts.items():
        for target in re.findall(r'href="([^"]*)"', text):
            name, _, anchor = target.partition("#")
            name = name or page
            if re.match(r"\w+:", target) or name == "style.css":
                continue
            if name not in texts:
                yield f"{page}: there is no {target}"
            elif anchor and f'id="{anchor}"' not in texts[name]:
                yield f"{page}: {target}: no such heading"


def unreadable(folder, pages, browser):
    with open(os.path.join(folder, "look"), "w", encoding="utf-8") as out:
        out.write(LOOK % json.dumps(pages))
    os.rename(os.path.join(folder, "look"), os.path.join(folder, "look.html"))
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
         f"--user-data-dir={folder}/profile", "--virtual-time-budget=60000", "--dump-dom",
         f"file://{folder}/look.html"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        timeout=240, check=True)
    result = re.search(r'<pre id="result">(.*?)</pre>', done.stdout, re.S)
    found = json.loads(html.unescape(result.group(1)) or "{}") if result else {}
    for page in pages:
        if page not in found:
            yield f"{page}: the browser did not load it"
            continue
        seen = found[page]
        if seen["wide"][0] > seen["wide"][1]:
            yield f"{page}: {seen['wide'][0]} pixels wide on a screen of {seen['wide'][1]}"
        if seen["text"] < 200:
            yield f"{page}: hardly any text"
        if seen["color"] != "rgb(0, 80, 160)":
            yield f"{page}: has not its style"


def main():
    root, browser = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([os.path.join(root, "docs", "book", "build"), folder], check=True, timeout=240)
        pages = sorted(name for name in os.listdir(folder) if name.endswith(".html"))
        failures = list(broken_links(folder, pages))
        if browser:
            failures += unreadable(folder, pages, browser)
    for text in failures:
        print(text)
    sys.exit(1 if failures else 0)


main()
