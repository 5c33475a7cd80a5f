/** Field errors of a problem, beside the fields they speak of; true when at least one found its field. */
export function showErrors(form, errors) {
  clearErrors(form);
  const found = errors.filter(({ field }) => form.elements[field]);
  for (const { field, message } of found) {
    form.elements[field].setAttribute('aria-invalid', 'true');
    form.querySelector(`[data-error="${field}"]`).textContent = message;
  }
  if (found.length > 0) form.elements[found[0].field].focus();
  return found.length > 0;
}

export function clearErrors(form) {
  for (const note of form.querySelectorAll('[data-error]')) note.textContent = '';
  for (const field of form.elements) field.removeAttribute('aria-invalid');
}

/** Marks a button as working while `task` runs; pressed again meanwhile, it does nothing and answers nothing. */
export async function whileBusy(button, task) {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  try {
    return await task();
  } finally {
    button.removeAttribute('aria-busy');
  }
}
