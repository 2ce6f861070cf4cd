"use strict";
// Below a field that asks for a name: the names that are like what is being typed, for the mouse and for the arrow keys.

const WAIT = 120; // milliseconds after the last key
const MOST = 8;

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";
  let timer;
  let asked = 0;

  const choose = (item) => {
    for (const each of list.children) each.setAttribute("aria-selected", each === item);
    if (item) input.setAttribute("aria-activedescendant", item.id);
    else input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", !list.hidden);
  };

  const close = () => {
    list.hidden = true;
    choose(null);
  };

  const take = (item) => {
    input.value = item.dataset.id;
    close();
    input.form.requestSubmit();
  };

  const show = (hits) => {
    list.replaceChildren(
      ...hits.map((hit, place) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${place}`;
        item.dataset.id = hit.id;
        item.setAttribute("role", "option");
        const about = document.createElement("small");
        about.textContent = hit.papers ? `${hit.label}, papers: ${hit.papers}` : hit.label;
        item.append(hit.name, " ", about);
        // Before the field loses the focus and the list is closed.
        item.addEventListener("mousedown", (event) => (event.preventDefault(), take(item)));
        return item;
      }),
    );
    list.hidden = !hits.length;
    choose(null);
  };

  const ask = async () => {
    const number = ++asked;
    const response = await fetch(`/api/search?${new URLSearchParams({ q: input.value, limit: MOST })}`);
    if (response.ok && number === asked && document.activeElement === input) show(await response.json());
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim()) timer = setTimeout(() => ask().catch(close), WAIT);
    else close();
  });
  input.addEventListener("blur", () => (clearTimeout(timer), asked++, close()));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const items = [...list.children];
    const place = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") choose(items[(place + 1) % items.length]);
    else if (event.key === "ArrowUp") choose(items[(place <= 0 ? items.length : place) - 1]);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && place >= 0) take(items[place]);
    else return;
    event.preventDefault();
  });
}
