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
const REPLY = 'Air scatters blue light more than red light. That is all there is to it.';

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
  const appliance = await ApplianceProcess.start(t, { env: { ...env, PRESSEL_INSPECTOR_LISTEN: '127.0.0.1:0' } });
  const { url } = await appliance.until(({ msg }) => msg.startsWith('the inspector is at'));
  await appliance.until(({ msg }) => msg === 'ready');
  return { appliance, env, url: String(url) };
}

/** Waits until the page says what the assistant does. */
function says(page: Page, words: RegExp): Promise<void> {
  return page.locator('.status', { hasText: words }).waitFor();
}

/** The states of a turn as the chart lights them, from now on. */
async function litStates(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    const look = () => {
      const lit = [...document.querySelectorAll('[data-state].active')].flatMap(
        (element) => /^turn\.(\w+)$/.exec(element.getAttribute('data-state') ?? '')?.[1] ?? [],
      );
      for (const state of lit) if (seen.at(-1) !== state) seen.push(state);
    };
    look();
    const options = { attributes: true, attributeFilter: ['class'], subtree: true };
    new MutationObserver(look).observe(document.body, options);
    Object.assign(window, { seenStates: seen });
  });
  return () => page.evaluate(() => (window as unknown as { seenStates: string[] }).seenStates);
}

const NEEDS = browserMissing() || skipWithoutModel('moonshine-tiny-en', 'silero-vad-v6');

describe('the inspector in a browser', { skip: NEEDS }, () => {
  it('shows a whole turn live, in the states that "ask --json" reports, and gives it to "replay"', async (t) => {
    const { env, url } = await running(t);
    const browser = await openBrowser(t);
    const chart = await browser.newPage();
    const panel = await browser.newPage();
    const complaints = [...complaintsOf(chart), ...complaintsOf(panel)];
    await chart.goto(`${url}#chart`);
    await says(chart, /Ready|idle/i);
    await chart.locator('[data-state="turn.idle.ready"].active').waitFor();
    const lit = await litStates(chart);
    await panel.goto(`${url}#panel`);
    await panel.getByLabel('Ask, and hear the answer').fill(QUESTION);
    await panel.getByRole('button', { name: 'Ask' }).click();
    await chart.locator('[data-state="turn.speaking"].active').waitFor();
    await chart.locator('[data-state="turn.conversation"].active').waitFor();
    const { stdout } = await pressel(t, ['ask', QUESTION, '--json', '--out', 'reply.wav'], { env });
    const told = (JSON.parse(stdout).states as string[]).map((state) => state.split('.')[0]);
    const turn = (states: readonly (string | undefined)[]) => states.slice(states.indexOf('thinking'));
    const after = turn(await lit()).filter((state) => state !== 'conversation');
    assert.deepEqual(
      after,
      turn(told).filter((state) => state !== 'idle' && state !== 'conversation'),
    );

    await panel.goto(`${url}#turns`);
    const row = panel.getByRole('button', { name: /typed/ }).first();
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
    assert.deepEqual(complaints, []);
  });

  it('has a talk button that does what the real one does, for the keyboard too', async (t) => {
    const { url } = await running(t);
    const browser = await openBrowser(t);
    const page = await browser.newPage();
    await page.goto(`${url}#panel`);
    await says(page, /Ready|idle/i);
    const talk = page.getByRole('button', { name: 'Talk' });
    await talk.click();
    await says(page, /Listening/);
    await page.getByRole('button', { name: 'Stop' }).click();
    await says(page, /Ready|idle/i);
    for (let tabs = 0; !(await talk.evaluate((element) => element === document.activeElement)); tabs++) {
      assert.ok(tabs < 30, 'the keyboard reaches it');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.down('Space');
    await says(page, /Listening/);
    await says(page, /Muted/); // held so long without a word
    await page.keyboard.up('Space');
    await page.getByRole('button', { name: /Unmute|Listen again/ }).press('Enter');
    await says(page, /Ready|idle/i);
    await page.keyboard.down('Shift');
    await page.keyboard.up('Shift');
    await talk.dispatchEvent('pointerdown', { button: 0, pointerId: 1 }).catch(() => {});
    await page.close(); // whoever leaves lets go
    const again = await browser.newPage();
    await again.goto(`${url}#panel`);
    await says(again, /Ready|idle/i);
  });

  it('is usable by everybody, in light and dark, on a phone and on a desktop', async (t) => {
    const { url } = await running(t);
    const browser = await openBrowser(t);
    const shots = process.env['PRESSEL_TEST_SCREENSHOTS'];
    for (const [name, options] of Object.entries(WINDOWS)) {
      const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      for (const view of ['chart', 'turns', 'events', 'panel', 'health']) {
        await page.goto(`${url}#${view}`);
        await says(page, /\w/);
        await page.locator('main').waitFor();
        if (view === 'chart') await page.locator('[data-state].active').first().waitFor();
        assert.deepEqual(await axeViolations(page), [], `${view}, ${name}`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        assert.ok(!wider, `${view} is no wider than ${name}`);
        if (shots) await page.screenshot({ path: path.join(shots, `${view}-${name}.png`) });
      }
      assert.deepEqual(complaints, [], name);
      await context.close();
    }
  });
});

/** The open turn as a file. */
async function downloaded(t: TestContext, page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download this turn' }).click();
  const file = path.join(await temporaryFolder(t), 'turn.jsonl');
  await (await download).saveAs(file);
  return file;
}
