// Sends a note to a running service (make run) and marks its findings in the text. Node 18 or newer, or a browser.
// Spans count UTF-16 units, as JavaScript strings do, so `slice` needs no conversion.
import { readFile } from "node:fs/promises";

const url = process.env.NOTECOACH_URL ?? "http://127.0.0.1:8000";
const key = process.env.NOTECOACH_KEY;
const text = await readFile(process.argv[2] ?? new URL("note.md", import.meta.url), "utf8");

const response = await fetch(`${url}/v1/analyses`, {
  method: "POST",
  headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
  body: JSON.stringify({ text, kind: "weekly" }),
});
const answer = await response.json();
if (!response.ok) throw new Error(`${answer.status} ${answer.title}: ${answer.detail}`);

for (const { name, level, score, next } of answer.scores.dimensions) {
  console.log(`${name} ${level} (${score}) → ${next.advice}`);
}
const marks = answer.findings.filter((f) => f.span && f.source === "text").sort((a, b) => b.span.start - a.span.start);
let page = text;
for (const { span, rank } of marks) {
  page = `${page.slice(0, span.end)}[${rank}]${page.slice(span.end)}`;
}
console.log(page);
