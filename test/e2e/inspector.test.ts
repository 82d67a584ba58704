import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { type ScriptedOllamaOptions, startScriptedOllama } from '../../src/llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../../src/llm/scripted/scriptedResponder.js';
import { ApplianceProcess } from '../fixtures/applianceProcess.js';
import { axeViolations, browserMissing, complaintsOf, openBrowser, WINDOWS } from '../fixtures/inspector/browser.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { pressel } from '../fixtures/pressel.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const QUESTION = 'Why is the sky blue?';
const REPLY = 'Air scatters blue light.';

/** A browser on a slow and busy computer takes its time. */
const HANG_MS = 120_000;

interface Running {
  readonly appliance: ApplianceProcess;
  readonly env: Readonly<Record<string, string>>;
  /** Where its inspector is. */
  readonly url: string;
}

/** An appliance whose microphone hears nothing, and whose speaker nobody hears. */
async function running(t: TestContext, model: Partial<ScriptedOllamaOptions> = {}): Promise<Running> {
  const server = await startScriptedOllama({ firstTokenMs: 100, tokensPerSecond: 40, reply: () => REPLY, ...model });
  t.after(() => server.close());
  const env = { PRESSEL_AUDIO_DRIVER: 'null', PRESSEL_LLM_URL: server.url, PRESSEL_LLM_MODEL: SCRIPTED_MODEL };
  const listen = { PRESSEL_INSPECTOR_LISTEN: '127.0.0.1:0' };
  const appliance = await ApplianceProcess.start(t, { env: { ...env, ...listen }, hangMs: HANG_MS });
  const { addresses } = await appliance.until(({ msg }) => msg === 'the inspector is open');
  await appliance.until(({ msg }) => msg === 'ready');
  const [url] = addresses as string[];
  return { appliance, env, url: url ?? '' };
}

/** Waits until the page says what the assistant does. */
function says(page: Page, words: RegExp): Promise<void> {
  return page.locator('.status', { hasText: words }).waitFor();
}

/** Run in the page: writes down which of the turn's states are lit, one after the other. */
const WATCH_CHART = `
  window.seenStates = [];
  const look = () => {
    for (const element of document.querySelectorAll('[data-state].active')) {
      const [, state] = /^turn\\.(\\w+)$/.exec(element.dataset.state) ?? [];
      if (state && window.seenStates.at(-1) !== state) window.seenStates.push(state);
    }
  };
  look();
  new MutationObserver(look).observe(document.body, { attributes: true, attributeFilter: ['class'], subtree: true });
`;

const NEEDS = browserMissing() || skipWithoutModel('moonshine-tiny-en', 'silero-vad-v6');

describe('the inspector in a browser', { skip: NEEDS }, () => {
  it('shows a whole turn live, in the states that "ask --json" reports, and gives it to "replay"', async (t) => {
    const { env, url } = await running(t);
    const browser = await openBrowser(t);
    const chart = await browser.newPage();
    const panel = await browser.newPage();
    const complaints = [complaintsOf(chart), complaintsOf(panel)];
    await chart.goto(`${url}#chart`);
    await says(chart, /Ready/);
    await chart.locator('[data-state="turn.idle.ready"].active').waitFor();
    await chart.evaluate(WATCH_CHART);
    await panel.goto(`${url}#panel`);
    await panel.getByLabel('Ask, and hear the answer').fill(QUESTION);
    await panel.getByRole('button', { name: 'Ask' }).click();
    await chart.locator('[data-state="turn.speaking"].active').waitFor();
    await chart.locator('[data-state="turn.conversation"].active').waitFor();
    const { stdout } = await pressel(t, ['ask', QUESTION, '--json', '--out', 'reply.wav'], { env });
    const told = (JSON.parse(stdout).states as string[]).map((state) => state.split('.')[0]);
    const turn = (states: readonly (string | undefined)[]) =>
      states.slice(states.indexOf('thinking'), states.indexOf('speaking') + 1);
    assert.deepEqual(turn(await chart.evaluate('window.seenStates')), turn(told));
    assert.deepEqual(turn(told), ['thinking', 'speaking']);

    await panel.goto(`${url}#turns`);
    const row = panel.locator('summary', { hasText: 'typed' }).first();
    await row.click();
    assert.doesNotMatch(await panel.locator('main').innerText(), /sky|scatters/, 'hidden');
    const hidden = await downloaded(t, panel);
    assert.doesNotMatch(readFileSync(hidden, 'utf8'), /sky|scatters/);
    await panel.getByLabel('Show what was said').check();
    await panel.getByText(QUESTION).first().waitFor();
    assert.match(await panel.locator('main').innerText(), /scatters blue light/);
    const shown = await downloaded(t, panel);
    assert.match(readFileSync(shown, 'utf8'), /sky blue/);
    for (const file of [hidden, shown]) {
      const replayed = await pressel(t, ['replay', file]);
      assert.equal(replayed.code, 0, replayed.stdout + replayed.stderr);
    }
    assert.deepEqual(complaints.flat(), []);
  });

  it('has a talk button that does what the real one does, for the keyboard too', async (t) => {
    const { url } = await running(t);
    const browser = await openBrowser(t);
    const page = await browser.newPage();
    await page.goto(`${url}#panel`);
    await says(page, /Ready/);
    const talk = page.getByRole('button', { name: 'Talk' });
    for (let tabs = 0; (await page.evaluate('document.activeElement.textContent')) !== 'Talk'; tabs++) {
      assert.ok(tabs < 30, 'the keyboard reaches it');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.down('Space');
    await says(page, /Listening/);
    await says(page, /Muted/); // held so long without a word
    await page.keyboard.up('Space');
    await page.getByRole('button', { name: /Unmute|Listen again/ }).press('Enter');
    await says(page, /Ready/);
    await talk.hover();
    await page.mouse.down();
    await says(page, /Listening/);
    await page.close(); // whoever leaves lets go
    const again = await browser.newPage();
    await again.goto(`${url}#panel`);
    await says(again, /Ready/);
    // The tap comes last: a press so soon after it would be a double tap.
    await again.getByRole('button', { name: 'Talk' }).click();
    await says(again, /Listening/);
    await again.getByRole('button', { name: 'Stop' }).click();
    await says(again, /Ready/);
  });

  for (const device of ['phone', 'desktop']) {
    it(`is usable by everybody on a ${device}, in light and dark`, async (t) => {
      const { url } = await running(t);
      const browser = await openBrowser(t);
      const folder = process.env['PRESSEL_TEST_SCREENSHOTS'];
      for (const [name, options] of Object.entries(WINDOWS).filter(([window]) => window.startsWith(device))) {
        const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
        const page = await context.newPage();
        const complaints = complaintsOf(page);
        for (const view of ['chart', 'turns', 'events', 'panel', 'health']) {
          await page.goto(`${url}#${view}`);
          await says(page, /Ready/);
          if (view === 'chart') await page.locator('[data-state].active').first().waitFor();
          assert.deepEqual(await axeViolations(page), [], `${view}, ${name}`);
          const isTooWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
          assert.ok(!isTooWide, `${view} is no wider than a ${name} window`);
          if (folder) await page.screenshot({ path: path.join(folder, `${view}-${name}.png`) });
        }
        assert.deepEqual(complaints, [], name);
        await context.close();
      }
    });
  }
});

/** The open turn as a file. */
async function downloaded(t: TestContext, page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download this turn' }).click();
  const file = path.join(await temporaryFolder(t), 'turn.jsonl');
  await (await download).saveAs(file);
  return file;
}
