// Garant: what pages do besides, where scripts run. Every page works without this file.
//
// Copying:      <button type="button" class="copy"> copies the text of the element whose id is in data-copy,
//               or what data-text says, or the nearest .value around it.
// Selecting:    <textarea data-whole> selects its whole text when it is entered.
// Following:    data-events is the address of server-sent events; [data-said] and [data-seen] inside take
//               what comes; the page is loaded again at the end.
// Suggesting:   <input data-suggest> is a combobox; the address answers ?q= with [{title, url, excerpt}].
//
// Dropping:     <form data-files> takes files that are dropped anywhere on the page, or pasted.
//
// Words are attributes of <body>, so that this file has none.
"use strict";
(() => {
  const words = document.body.dataset;

  // ---- what a reader of the screen is told ----
  const told = document.getElementById("told");
  let toldLater = 0;
  const tell = (text) => {
    if (!told || !text) return;
    told.textContent = "";
    clearTimeout(toldLater);
    // The same words twice are said twice only when the region was empty in between.
    toldLater = setTimeout(() => { told.textContent = text; }, 60);
  };

  // ---- copying ----
  const SHOWN_MS = 2000;
  // What buttons were called before they said that something was copied.
  const before = new Map();
  const textFor = (button) => {
    if (button.dataset.text !== undefined) return button.dataset.text;
    const named = button.dataset.copy && document.getElementById(button.dataset.copy);
    if (named) return named.value !== undefined ? named.value : named.textContent.trim();
    for (let around = button.parentElement; around; around = around.parentElement) {
      const values = around.querySelectorAll(".value");
      if (values.length > 0) return values[0].textContent.trim();
    }
    return "";
  };
  const copyOld = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    area.setAttribute("aria-hidden", "true");
    document.body.append(area);
    const focused = document.activeElement;
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { done = false; }
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  };
  const copy = async (text) => {
    // Without HTTPS browsers offer the old way only.
    if (!navigator.clipboard) return copyOld(text);
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyOld(text);
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("button.copy");
    if (!button) return;
    const text = textFor(button);
    if (!text) return;
    const done = await copy(text);
    const said = done ? words.copied : words.notCopied;
    tell(said);
    const shown = before.get(button) || { label: Array.from(button.childNodes), timer: 0 };
    clearTimeout(shown.timer);
    button.replaceChildren(said);
    shown.timer = setTimeout(() => {
      button.replaceChildren(...shown.label);
      before.delete(button);
    }, SHOWN_MS);
    before.set(button, shown);
  });

  // ---- selecting ----
  document.addEventListener("focusin", (event) => {
    const area = event.target;
    if (area instanceof HTMLTextAreaElement && area.dataset.whole !== undefined) area.select();
  });

  // ---- dropping files ----
  const filesField = document.querySelector("form[data-files] input[type=file]");
  if (filesField) {
    const hasFiles = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
    const take = (files) => {
      if (files.length === 0) return;
      const taken = new DataTransfer();
      Array.from(files).slice(0, filesField.multiple ? files.length : 1).forEach((file) => taken.items.add(file));
      filesField.files = taken.files;
      tell(Array.from(taken.files, (file) => file.name).join(", "));
      filesField.focus();
    };
    document.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      // Without this a browser leaves the page and shows the file.
      event.preventDefault();
      document.body.classList.add("dropping");
    });
    document.addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) document.body.classList.remove("dropping");
    });
    document.addEventListener("drop", (event) => {
      document.body.classList.remove("dropping");
      if (!hasFiles(event)) return;
      event.preventDefault();
      take(event.dataTransfer.files);
    });
    document.addEventListener("paste", (event) => {
      const files = event.clipboardData ? event.clipboardData.files : [];
      if (files.length > 0) take(files);
    });
  }

  // ---- a check that runs ----
  const AGAIN_MS = 3000;
  const running = document.querySelector("[data-events]");
  if (running && window.EventSource) {
    const said = running.querySelector("[data-said]");
    const seen = running.querySelector("[data-seen]");
    const events = new EventSource(running.dataset.events);
    events.addEventListener("said", (event) => {
      if (said && said.textContent !== event.data) said.textContent = event.data;
    });
    // Rendered and escaped by the server, as on the page itself.
    events.addEventListener("seen", (event) => { if (seen) seen.innerHTML = event.data; });
    events.addEventListener("done", () => {
      events.close();
      location.reload();
    });
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), AGAIN_MS);
    });
  }

  // ---- suggestions while typing ----
  const PAUSE_MS = 150;
  const foundWords = (count) =>
    count === 0 ? words.foundNone : count === 1 ? words.foundOne : (words.foundMany || "").replace("%", String(count));
  document.querySelectorAll("input[data-suggest]").forEach((input, number) => {
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = `suggestions-${number}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels && input.labels[0] ? input.labels[0].textContent.trim() : "");
    list.hidden = true;
    const frame = document.createElement("div");
    frame.className = "combobox";
    input.replaceWith(frame);
    frame.append(input, list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("autocomplete", "off");

    let at = -1;
    let later = 0;
    let asking = null;
    const options = () => Array.from(list.children);
    const mark = (to) => {
      at = to;
      options().forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
      const marked = options()[at];
      if (marked) {
        input.setAttribute("aria-activedescendant", marked.id);
        marked.scrollIntoView({ block: "nearest" });
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    };
    const close = () => {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    };
    const show = (found) => {
      list.replaceChildren(...found.map((one, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = one.url;
        const title = document.createElement("b");
        title.textContent = one.title;
        const excerpt = document.createElement("span");
        excerpt.textContent = one.excerpt || "";
        option.append(title, " ", excerpt);
        return option;
      }));
      at = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      tell(foundWords(found.length));
    };
    const ask = async () => {
      const typed = input.value.trim();
      if (asking) asking.abort();
      if (!typed) return close();
      asking = new AbortController();
      try {
        const address = `${input.dataset.suggest}?q=${encodeURIComponent(typed)}`;
        const answer = await fetch(address, { signal: asking.signal });
        if (!answer.ok) return close();
        const found = await answer.json();
        // Answers that come after the field was left or changed are about nothing any more.
        if (document.activeElement === input && input.value.trim() === typed) show(found);
      } catch {
        // Typed on, or no connection: the button still searches.
      }
    };
    const go = (option) => {
      const url = option && option.dataset.url;
      // A page of this site and nothing else.
      if (url && url.startsWith("/") && !url.startsWith("//")) location.assign(url);
    };
    input.addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(ask, PAUSE_MS);
    });
    input.addEventListener("keydown", (event) => {
      const count = options().length;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden && count > 0) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        // From the field itself down to the first, up to the last, and back to the field.
        mark((at + 1 + step + count + 1) % (count + 1) - 1);
      } else if (event.key === "Enter" && !list.hidden && at >= 0) {
        event.preventDefault();
        go(options()[at]);
      }
    });
    input.addEventListener("blur", () => setTimeout(close, PAUSE_MS));
    // Before the field loses its focus, which would close the list.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target instanceof Element && event.target.closest("[role=option]");
      if (option) go(option);
    });
  });
})();
