"use strict";
const all = (selector) => Array.from(document.querySelectorAll(selector));
const marksOf = (id) => all("mark").filter((m) => m.dataset.ids.split(" ").includes(id));
function show(ids, scrollTo) {
  all(".on").forEach((e) => e.classList.remove("on"));
  const records = all(".record").filter((r) => ids.includes(r.dataset.id));
  const marks = ids.flatMap(marksOf);
  [...records, ...marks].forEach((e) => e.classList.add("on"));
  const target = scrollTo === "text" ? marks[0] : records[0];
  if (target) target.scrollIntoView({ block: "nearest", behavior: "smooth" });
}
document.addEventListener("click", (event) => {
  const record = event.target.closest(".record");
  const mark = event.target.closest("mark");
  if (record) show([record.dataset.id], "text");
  else if (mark) show(mark.dataset.ids.split(" "), "records");
});
document.addEventListener("keydown", (event) => {
  const mark = event.target.closest("mark");
  if (mark && event.key === "Enter") show(mark.dataset.ids.split(" "), "records");
});
