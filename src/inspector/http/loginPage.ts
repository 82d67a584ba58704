import type { Answer } from './answers.js';

/** Where the token is asked for; the only page that is shown without it. */
export const LOGIN_PATH = '/login';
export const LOGIN_STYLE_PATH = '/login.css';

const STYLE = `:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
body { max-width: 30rem; margin: 15vh auto 0; padding: 0 1.25rem; }
label { display: block; font-weight: 600; }
input, button { box-sizing: border-box; width: 100%; font: inherit; padding: 0.6em 0.75em; margin-top: 0.5rem; }
code { white-space: nowrap; }
`;

export function loginStyle(): Answer {
  return { status: 200, type: 'text/css; charset=utf-8', body: STYLE };
}

/** @param problem what was wrong with the last attempt; empty: there was none */
export function loginPage(status: 200 | 401 | 429, problem: string): Answer {
  const told = problem === '' ? '' : `<p role="alert">${escaped(problem)}</p>`;
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Pressel: token</title>
<link rel="stylesheet" href="${LOGIN_STYLE_PATH}">
<main>
<h1>Pressel</h1>
${told}
<form method="post" action="${LOGIN_PATH}">
<label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<button>Open</button>
</form>
<p>On the assistant's computer, <code>pressel inspector --new-token</code> makes one.</p>
</main>
</html>
`;
  return { status, type: 'text/html; charset=utf-8', body };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
