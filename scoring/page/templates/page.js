"use strict";
(() => {
  const all = (query) => [...document.querySelectorAll(query)];
  const at = (id) => document.getElementById(id);
  const units = all("details.unit");
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const texts = new Map();

  // A unit is found by its name, its 编号 and everything its ledger says; its text is read when it is first asked for.
  const says = (unit, words) => {
    if (!texts.has(unit)) texts.set(unit, plain(unit.textContent));
    return words.every((word) => texts.get(unit).includes(word));
  };

  const find = () => {
    const words = at("find").value.split(/\s+/).map(plain).filter(Boolean);
    const shown = new Set(units.filter((unit) => says(unit, words)).map((unit) => unit.id));
    for (const unit of units) unit.hidden = !shown.has(unit.id);
    for (const row of all("tr[data-unit]")) row.hidden = !shown.has(row.dataset.unit);
    for (const group of all("details.group")) group.hidden = !group.querySelector("tr[data-unit]:not([hidden])");
    at("found").textContent = words.length ? `${shown.size}个单位` : "";
    at("none").hidden = shown.size > 0 || !words.length;
    if (words.length && shown.size === 1) at([...shown][0]).open = true;
  };

  // Opens what a link leads to and everything around it, and brings it into sight.
  const reveal = () => {
    const target = location.hash.length > 1 ? at(decodeURIComponent(location.hash.slice(1))) : null;
    if (!target) return;
    for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    target.scrollIntoView();
  };

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of closed) one.open = false;
  });
  addEventListener("hashchange", reveal);
  addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) reveal();
  });
  at("find").addEventListener("input", find);
  at("find").addEventListener("keydown", (event) => {
    if (event.key === "Enter") at("units").scrollIntoView();
  });
  at("open").addEventListener("click", () => units.forEach((unit) => { unit.open = !unit.hidden; }));
  at("close").addEventListener("click", () => units.forEach((unit) => { unit.open = false; }));
  at("tools").hidden = false;
  reveal();
})();
