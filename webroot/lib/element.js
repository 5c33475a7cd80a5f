/** Actions are verbs and bubble up as events; data are nouns and go down through `update(item)`. */

export function emit(element, action, detail) {
  element.dispatchEvent(new CustomEvent(action, { bubbles: true, detail }));
}

/** Makes the children of `parent` mirror `items`: one element per id, reused, so focus and animations survive. */
export function mirror(parent, items, create) {
  const unused = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let next = parent.firstElementChild;
  for (const item of items) {
    const child = unused.get(item.id) ?? create();
    child.dataset.key = item.id;
    unused.delete(item.id);
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
    child.update(item);
  }
  for (const child of unused.values()) child.remove();
}

/** Of the parts marked with `data-when`, shows those for this case and hides the rest. */
export function showWhen(element, when) {
  for (const part of element.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== when;
}

/** Starts a CSS animation again, even when it is already running. */
export function replay(element, className) {
  element.classList.remove(className);
  void element.offsetWidth;
  element.classList.add(className);
}
