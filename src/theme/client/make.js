// Elements, made.

/** An element with properties and content. @template {keyof HTMLElementTagNameMap} T @param {T} tag
 * @param {Partial<HTMLElementTagNameMap[T]>} [properties] @param {(Node|string)[]} children */
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

/** An element with attributes and content. What is false or nothing is left out.
 * @template {keyof HTMLElementTagNameMap} T @param {T} tag
 * @param {Record<string, string|number|boolean|null|undefined>} [attributes]
 * @param {(Node|string|number|false|null|undefined|0)[]} children */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((each) => each != null && each !== false).map((each) => (each instanceof Node ? each : String(each))));
  return made;
}
