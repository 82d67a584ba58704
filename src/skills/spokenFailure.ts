/** The user hears of every failure; what has failed is in the log. */
export const FAILED = 'Sorry, that did not work.';
