/** Without a token, not allowed at all, or locked out for trying too often: asking again makes none of them better. */
const NOT_LET_IN = [401, 403, 429];

/**
 * Why the appliance does not take the connection; a browser does not tell a page how its WebSocket was refused. The page
 * itself is asked for again: without a valid token it is not given, and after an update it is another one.
 */
export async function findOutWhyRefused(): Promise<'signedOut' | 'outdated' | 'unreachable'> {
  try {
    const answer = await fetch('/', { cache: 'no-store', redirect: 'manual' });
    if (answer.type === 'opaqueredirect' || NOT_LET_IN.includes(answer.status)) return 'signedOut';
    const script = document.querySelector('script[type="module"]')?.getAttribute('src');
    if (!answer.ok || !script) return 'unreachable';
    return (await answer.text()).includes(script) ? 'unreachable' : 'outdated';
  } catch {
    return 'unreachable';
  }
}
