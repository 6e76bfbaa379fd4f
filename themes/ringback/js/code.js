// A button that copies a block of code. base.html loads this only where there is one, open or behind a gate.
/** @type {HTMLScriptElement|null} */
const script = document.querySelector("script[data-copy]");
const { copy = "", copied = "", byHand = "" } = script?.dataset ?? {};
const said = document.createElement("p");
said.className = "unseen";
said.setAttribute("role", "status");
document.body.append(said);

/** Copies a text, or marks it where that isn't allowed, as on plain http. Gives what to say. @param {Element} code */
async function take(code) {
  try {
    await navigator.clipboard.writeText((code.textContent ?? "").replace(/\n$/, ""));
    return copied;
  } catch {
    getSelection()?.selectAllChildren(code);
    return byHand;
  }
}

function offer() {
  for (const code of document.querySelectorAll(".text pre > code")) {
    const block = code.parentElement;
    if (!block || block.closest(".copies")) continue;
    const place = document.createElement("div");
    const button = document.createElement("button");
    place.className = "copies";
    button.type = "button";
    button.textContent = copy;
    /** @type {number|undefined} */
    let soon;
    button.addEventListener("click", async () => {
      said.textContent = "";
      const outcome = await take(code);
      said.textContent = outcome;
      if (outcome === copied) button.textContent = copied;
      clearTimeout(soon);
      soon = setTimeout(() => (button.textContent = copy), 3000);
    });
    block.replaceWith(place);
    place.append(block, button);
  }
}

offer();
document.addEventListener("ringback:open", offer);
