const SOURCE = 'https://js.stripe.com/v3/';

let loading = null;

/** The provider's own script, which may come from nowhere else: loaded when somebody wants to pay, and once. */
export function loadStripe(publishableKey) {
  loading ??= load().catch((failure) => {
    loading = null; // the next try is a new one
    throw failure;
  });
  return loading.then(() => window.Stripe(publishableKey));
}

function load() {
  if (window.Stripe) return Promise.resolve();
  return new Promise((loaded, failed) => {
    const script = document.createElement('script');
    script.src = SOURCE;
    script.addEventListener('load', () => loaded());
    script.addEventListener('error', () => {
      script.remove();
      failed(Object.assign(new Error(), { detail: 'The payment provider cannot be reached. Please try again.' }));
    });
    document.head.append(script);
  });
}
