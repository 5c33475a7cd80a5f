/** Actions are verbs and bubble up as events; data are nouns and go down through `update(item)`. */

export function emit(element, action, detail) {
  element.dispatchEvent(new CustomEvent(action, { bubbles: true, detail }));
}

/**
 * Makes the children of `parent` mirror `items`: one element per id, reused, so focus and animations survive. What is
 * gone goes first: then what stays need not be moved, which would cost it the focus.
 */
export function mirror(parent, items, create) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = new Set(items.map(({ id }) => id));
  for (const [id, child] of known) if (!wanted.has(id)) child.remove();
  let next = parent.firstElementChild;
  for (const item of items) {
    const child = known.get(item.id) ?? create();
    child.dataset.key = item.id;
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
    child.update(item);
  }
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
