#!/usr/bin/env bash
# Looks at `coseal report` as readers and machines do: report.sh COSEAL [FOLDER]
#
# - the pages of the examples, of a folder that nobody described and of a hostile one, in headless Chromium (report/look.js): at
#   1280 and 400 px, light and dark: axe-core finds nothing, nothing scrolls sideways, nothing is requested, the console is empty;
#   printed on A4, the first page of the report is one page and holds the answer;
# - JUnit XML by the schema that the xUnit plug-in of Jenkins publishes, as pytest carries it (report/junit.py).
#
# Needs Chromium, Node with npm, pdftotext, and Python with PyPI. Packages are kept in $COSEAL_CONFORMANCE_CACHE, outside of the tree.
# With FOLDER, the screenshots and PDFs are kept there, to be looked at.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
examples=$(dirname "$here")/examples
coseal=$(realpath "$1")
cache=${COSEAL_CONFORMANCE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/coseal-conformance}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
shown=${2:-$work/shown}
mkdir -p "$shown" "$work/home"

skip() {
  echo "skipped: $1"
  if [ -n "${COSEAL_CI_STRICT:-}" ]; then echo "a skip is a failure here"; exit 1; fi
  exit 0
}
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no Chromium"
for tool in node npm pdftotext python3; do command -v "$tool" >/dev/null || skip "no $tool"; done

modules=$cache/report-$(sha256sum "$here/report/package.json" | cut -c1-16)
if [ ! -e "$modules/ready" ]; then
  rm -rf "$modules" && mkdir -p "$modules" && cp "$here/report/package.json" "$modules"
  npm install --prefix "$modules" --silent --no-audit --no-fund --ignore-scripts >/dev/null || skip "npm can't install axe-core and puppeteer-core"
  touch "$modules/ready"
fi

# A folder with all that could break a page: markup, controls, directions, and text without a space.
hostile=$work/hostile
mkdir "$hostile"
long=$(printf 'w%.0s' {1..150})
cat > "$hostile/coseal.toml" <<TOML
schema = 1
[system]
id = "a-system-with-a-rather-long-id-that-has-to-go-somewhere"
version = "<b>1</b>\u202e$long"
purpose = "<script>alert(1)</script> \u001b[31m \u202e $long $long"
exposure = "public"
impact = "high"
environments = ["production", "staging", "training", "development", "acceptance"]
[role.risk-owner]
contact = "mailto:$long@example.org"
checked = "2020-01-01"
[role.incident]
contact = "https://example.org/$long/<img src=x onerror=alert(1)>"
checked = "2020-01-01"
[model.a]
location = "path:a.pkl"
reassess-by = "2020-01-01"
[model.b]
location = "api:openai/gpt-4o-mini"
reassess-by = "2020-01-01"
[model.c]
location = "hf:org/$long"
reassess-by = "2020-01-01"
[tool.a-tool-with-a-rather-long-id-that-has-to-go-somewhere-as-well]
effect = "irreversible"
approval = "none"
TOML
for name in a.pkl "<img src=x onerror=alert(1)>.pkl" "$long.pkl" "$(printf 'x\033[31m\n\u202ey').pkl"; do
  printf 'cposix\nsystem\n(Vx\ntR.' > "$hostile/$name"
done
mkdir "$work/bare" && echo "print('hello')" > "$work/bare/app.py"

run() { HOME=$work/home XDG_DATA_HOME= XDG_STATE_HOME= XDG_CONFIG_HOME= COSEAL_STORE= COSEAL_TRUST= COSEAL_SEEN= "$coseal" report --as-of 2026-11-21 "$@"; }
pages=()
for folder in "$examples/support-bot" "$examples/fraud-classifier" "$hostile" "$work/bare"; do
  name=$(basename "$folder")
  run "$folder" > "$work/$name.html"
  run "$folder" --format junit > "$work/$name.xml"
  pages+=("$work/$name.html")
done
# One that has an earlier report, and one in the order of another framework.
run "$examples/support-bot" --previous "$work/support-bot.html" --framework owasp-llm-top10 > "$work/in-another-order.html"
pages+=("$work/in-another-order.html")

NODE_PATH=$modules/node_modules CHROMIUM=$chromium node "$here/report/look.js" "$shown" "${pages[@]}"
for page in "${pages[@]}"; do
  name=$(basename "$page" .html)
  pdftotext -f 1 -l 1 "$shown/$name.pdf" "$work/first.txt"
  pdftotext -f 2 -l 2 "$shown/$name.pdf" "$work/second.txt"
  for wanted in "May it run?" "Overdue or due" "Further risks" "What changed" "how to check this report"; do
    grep -q "$wanted" "$work/first.txt" || { echo "$name: the first sheet lacks: $wanted"; exit 1; }
  done
  head -1 "$work/second.txt" | grep -q "How the 17 guidelines stand" || { echo "$name: the first page is more than one sheet"; exit 1; }
done
echo "report: ${#pages[@]} pages printed, each with its answer on the first sheet"

python=$cache/report-python-$(sha256sum "$here/report/requirements.txt" | cut -c1-16)
if [ ! -e "$python/ready" ]; then
  rm -rf "$python" && mkdir -p "$cache"
  python3 -m venv "$python"
  "$python/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary=:all: lxml==6.1.3 || skip "PyPI can't be reached"
  # The source of pytest: only there is the schema.
  "$python/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary=:all: --require-hashes --dest "$python" --requirement "$here/report/requirements.txt" || skip "PyPI can't be reached"
  tar -xzf "$python"/pytest-*.tar.gz -C "$python" --strip-components=3 --wildcards '*/junit-10.xsd'
  touch "$python/ready"
fi
"$python/bin/python" "$here/report/junit.py" "$python/junit-10.xsd" "$work"/*.xml
