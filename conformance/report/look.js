// Opens each page as a reader does, keeps screenshots and a PDF: look.js FOLDER PAGE...
const fs = require("node:fs");
const path = require("node:path");
const puppeteer = require("puppeteer-core");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [shown, ...pages] = process.argv.slice(2);
const wrong = [];
const expect = (holds, what) => holds || wrong.push(what);

async function audit(page, what) {
  const found = await page.evaluate(async () => {
    const { violations, passes } = await window.axe.run(document, { resultTypes: ["violations", "passes"] });
    const told = (one) => `${one.id}: ${one.nodes.length} × ${one.nodes[0].html.slice(0, 160)}`;
    return { violations: violations.map(told), passes: passes.map((one) => one.id) };
  });
  for (const violation of found.violations) wrong.push(`${what}: axe: ${violation}`);
  // An audit that looked at nothing finds nothing either.
  for (const rule of ["color-contrast", "region", "heading-order", "html-has-lang"]) {
    expect(found.passes.includes(rule), `${what}: axe did not look at ${rule}`);
  }
}

async function layout(page, what, width) {
  const seen = await page.evaluate(() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    const wide = [...document.body.querySelectorAll("main *")].filter((one) => {
      const right = one.getBoundingClientRect().right;
      return right > window.innerWidth + 1 && !one.closest(".hidden");
    });
    return {
      wide: document.documentElement.scrollWidth,
      window: window.innerWidth,
      outside: wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)),
      first: box(".first").height,
      answer: box(".answer").top,
      overlaps: ["who", "by"].filter((name) => {
        const what = document.querySelector(".reasons .what")?.getBoundingClientRect();
        const other = document.querySelector(`.reasons .${name}`)?.getBoundingClientRect();
        return what && other && !(other.left >= what.right || other.top >= what.bottom);
      }),
    };
  });
  expect(seen.wide <= seen.window, `${what}: scrolls sideways (${seen.wide} px)`);
  expect(seen.outside.length === 0, `${what}: reaches outside: ${seen.outside.join(" ")}`);
  expect(seen.overlaps.length === 0, `${what}: overlaps: ${seen.overlaps}`);
  if (width >= 1280) {
    expect(seen.first < 1700, `${what}: the first page is ${seen.first} px high`);
    expect(seen.answer < 400, `${what}: the answer is ${seen.answer} px down`);
  }
}

async function keyboard(page, what) {
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return document.activeElement.className === "skip" && box.left >= 0;
  });
  expect(skip, `${what}: the first Tab shows no skip link`);
  const turned = await page.evaluate(() => {
    const details = document.querySelector("details:not([open])");
    details.querySelector("summary").focus();
    return document.activeElement.tagName;
  });
  await page.keyboard.press("Enter");
  const open = await page.evaluate(() => document.activeElement.parentElement.open);
  expect(turned === "SUMMARY" && open, `${what}: Enter opens no details`);
}

(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--hide-scrollbars", "--disable-dev-shm-usage"],
  });
  for (const file of pages) {
    const name = path.basename(file, ".html");
    for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [400, "light"], [400, "dark"]]) {
      const what = `${name} at ${width} px, ${scheme}`;
      const page = await browser.newPage();
      page.on("request", (request) => expect(request.url() === `file://${file}`, `${what}: requests ${request.url()}`));
      page.on("console", (message) => wrong.push(`${what}: console: ${message.text()}`));
      page.on("pageerror", (error) => wrong.push(`${what}: ${error.message}`));
      page.on("dialog", (dialog) => { wrong.push(`${what}: a dialog`); dialog.dismiss(); });
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(`file://${file}`, { waitUntil: "load" });
      await page.screenshot({ path: path.join(shown, `${name}-${width}-${scheme}.png`), fullPage: true });
      await layout(page, what, width);
      await page.evaluate(axe);
      await audit(page, what);
      // What is folded away is looked at as well.
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
      await audit(page, `${what}, unfolded`);
      await layout(page, `${what}, unfolded`, 0);
      await page.close();
    }
    const page = await browser.newPage();
    await page.goto(`file://${file}`, { waitUntil: "load" });
    await keyboard(page, name);
    await page.reload({ waitUntil: "load" });
    await page.pdf({ path: path.join(shown, `${name}.pdf`), preferCSSPageSize: true, printBackground: true });
    await page.close();
  }
  await browser.close();
  for (const one of wrong) console.error(one);
  if (wrong.length > 0) process.exit(1);
  console.log(`report: ${pages.length} pages looked at, at two widths, light and dark, folded and unfolded: nothing is wrong`);
})().catch((error) => { console.error(error); process.exit(1); });
