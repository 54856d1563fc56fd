"use strict";
(() => {
  const form = document.querySelector(".find");
  const words = JSON.parse(document.getElementById("words").textContent);
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\u2010-\u2015\u2212]/g, "-");
  const items = [...document.querySelectorAll("li[data-key]")].map((line) => ({
    line,
    key: line.dataset.key,
    text: words[line.dataset.key] || "",
    status: line.dataset.status,
    tags: line.dataset.tags ? line.dataset.tags.toLowerCase().split("\n") : [],
    list: line.closest("[data-list]")?.dataset.list ?? "",
  }));
  const groups = [...document.querySelectorAll("section")].reverse();
  const total = new Set(items.map((item) => item.key)).size;

  const hasTag = (item, tag) => item.tags.some((each) => each === tag || each.startsWith(tag + "/"));

  function show() {
    const wanted = fold(form.q.value).split(/\s+/).filter(Boolean);
    const { status, list, tag } = Object.fromEntries(new FormData(form));
    const found = new Set();
    for (const item of items) {
      const fits =
        wanted.every((word) => item.text.includes(word)) &&
        (!status || item.status === status) &&
        (!list || item.list === list) &&
        (!tag || hasTag(item, tag.toLowerCase()));
      item.line.hidden = !fits;
      if (fits) found.add(item.key);
    }
    const all = !wanted.length && !status && !list && !tag;
    for (const group of groups) {
      group.hidden = !all && !group.querySelector("li[data-key]:not([hidden])");
    }
    form.querySelector("output").textContent = all ? `${total} items` : `${found.size} of ${total}`;
    document.getElementById("none").hidden = found.size > 0 || total === 0;
  }

  function remember() {
    const asked = [...new FormData(form)].filter(([, value]) => value);
    history.replaceState(null, "", asked.length ? "#" + new URLSearchParams(asked) : location.pathname);
  }

  function recall() {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (![...asked.keys()].some((name) => form.elements[name])) return;
    for (const field of ["q", "status", "list", "tag"]) form.elements[field].value = asked.get(field) ?? "";
    show();
  }

  form.hidden = false;
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => { show(); remember(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    items.find((item) => !item.line.hidden)?.line.querySelector("a").click();
  });
  addEventListener("hashchange", recall);
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing) { event.preventDefault(); form.q.focus(); }
    if (event.key === "Escape" && typing) { form.reset(); show(); remember(); }
  });
  show();
  recall();
})();
