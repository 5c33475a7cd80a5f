/** What went wrong, in words for a person. The server's own `detail` is used where no better words are known. */

const BY_CODE = {
  'auth.required': 'Please sign in first.',
  'payment.processing': 'Your payment is under way. Please wait a moment until it is known what has come of it.',
  'payment.unavailable': 'We cannot take payments just now. Nothing was charged. Please try again later.',
  'price.changed': 'It costs something else by now. Please look again.',
  'stock.insufficient': 'Someone was faster: there are not that many left.',
  'network.lost': 'We cannot reach the shop. Check your connection and try again. Nothing is done twice.',
  'network.timeout': 'The shop is slow to answer. You can safely try again: nothing is done twice.',
};

const BY_STATUS = {
  401: 'Please sign in first.',
  404: 'This is not here any more.',
  409: 'Something changed in the meantime. Please look again.',
  412: 'Something changed in the meantime. Please look again.',
  429: 'That was a bit fast. Please wait a moment.',
};

export function kindly(problem, byStatus = {}) {
  const { code, status, detail, errors = [] } = problem;
  return (
    BY_CODE[code] ??
    byStatus[status] ??
    (status >= 500 ? 'Something went wrong on our side. Please try again.' : null) ??
    (errors.length > 0 ? errors.map((error) => error.message).join(' ') : null) ??
    (detail || BY_STATUS[status] || 'That did not work. Please try again.')
  );
}
