import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SeededNumbers } from '../../src/bench/sim/seededNumbers.js';
import { loadConfig } from '../../src/config/loadConfig.js';
import { SettingsFile } from '../../src/config/settingsFile.js';
import { startScriptedOllama } from '../../src/llm/scripted/scriptedOllama.js';
import { catalogue } from '../../src/models/catalogue.js';
import { ModelStore } from '../../src/models/modelStore.js';
import type { CleanUp } from '../fixtures/cleanUp.js';
import { bareEnvironment, MODELS } from '../fixtures/pressel.js';
import { checkoutRoot } from '../fixtures/shared.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { killedAfter, phaseOf, type Victim } from './killed.js';
import { Tally } from './tally.js';

const MAIN = path.join(checkoutRoot(), 'dist', 'src', 'cli', 'main.js');

/** After so many kills in a row it is let come to its end, and the next one begins on a bare computer. */
const KILLS_IN_A_ROW = 4;

/** What the owner has written into the file that setup has begun stays; and for this voice no model is needed. */
const OWN_WORDS = '# hands off';
const OWN_VOICE = { 'tts.voice': 'flite:slt' };

/** Takes about half a second of it. */
const PULLS = { bytes: 2_000_000_000, bytesPerSecond: 4_000_000_000 };

/** An impatient owner: Enter whenever something was said. */
const ENTER_AFTER_MS = 40;

/** Kills `pressel setup --yes --json --from`. */
export function killSetups(kills: number, random: SeededNumbers, cleanUp: CleanUp): Promise<Tally> {
  return killEach('setup --yes', ['--yes', '--json'], kills, random, cleanUp);
}

/** Kills `pressel setup` in a terminal, where Enter answers every question. */
export function killAskingSetups(kills: number, random: SeededNumbers, cleanUp: CleanUp): Promise<Tally> {
  return killEach('setup in a terminal', [], kills, random, cleanUp);
}

async function killEach(
  name: string,
  flags: readonly string[],
  kills: number,
  random: SeededNumbers,
  cleanUp: CleanUp,
): Promise<Tally> {
  const tally = new Tally(name);
  const isAsking = flags.length === 0;
  let computer = await bareComputer(cleanUp);
  const run = (lifeMs?: number) =>
    killedAfter(victimOn(computer, flags), lifeMs, (step) => step.includes('config.toml'));
  const whole = await run();
  await demandDone(whole.stdout);
  let inARow = KILLS_IN_A_ROW;
  while (tally.kills < kills) {
    if (inARow === KILLS_IN_A_ROW) {
      computer = await bareComputer(cleanUp);
      inARow = 0;
    }
    const killed = await run(random() * whole.tookMs * 0.95);
    if (!killed.isOver) tally.fellIn(phaseOf(killed, true));
    await demandUsable(`kill ${tally.kills}`);
    inARow++;
    if (inARow < KILLS_IN_A_ROW) continue;
    const last = await run();
    await demandDone(last.stdout);
    tally.acknowledged++;
  }
  tally.notes.push(`undisturbed it writes for ${Math.round(whole.tookMs)} ms; ${tally.acknowledged} came to their end`);
  return tally;

  async function demandUsable(when: string): Promise<void> {
    const { home, models, configFile } = computer;
    try {
      const { config } = await loadConfig({ file: configFile, env: {}, home });
      const text = readFileSync(configFile, 'utf8');
      const isKept = text.includes(OWN_WORDS) && config.tts.voice === OWN_VOICE['tts.voice'];
      tally.demand(isKept, `${when}: what the owner had written is gone`);
    } catch (error) {
      tally.faults.push(`${when}: ${error}`);
    }
    const store = new ModelStore(models, { env: {} });
    for (const { id } of catalogue) {
      if (!existsSync(path.join(models, id))) continue;
      const { files } = await store.verify(id, new AbortController().signal);
      const wrong = files.filter(({ check }) => check.state === 'damaged');
      for (const file of wrong) tally.faults.push(`${when}: ${file.path} under its final name`);
    }
    const litter = litterOn(computer);
    if (litter.length > 0) tally.torn++;
    tally.demand(litter.length <= 2, `${when}: ${litter}`);
  }

  async function demandDone(stdout: string): Promise<void> {
    await demandUsable('at its end');
    tally.demand(litterOn(computer).length === 0, `left behind at its end: ${litterOn(computer)}`);
    const isAtItsEnd = isAsking ? /All is set up|Set up, but for this/.test(stdout) : isDocument(stdout);
    tally.demand(isAtItsEnd, `it did not come to its end: ${stdout.slice(-500)}`);
  }
}

interface BareComputer {
  readonly home: string;
  readonly models: string;
  readonly configFile: string;
  readonly serverUrl: string;
}

async function bareComputer(cleanUp: CleanUp): Promise<BareComputer> {
  const home = temporaryFolder(cleanUp);
  const server = await startScriptedOllama({ models: [], pulls: PULLS });
  cleanUp.after(() => server.close());
  const settings = path.join(home, 'settings');
  mkdirSync(settings);
  const configFile = path.join(settings, 'config.toml');
  await new SettingsFile(configFile).set(OWN_VOICE);
  appendFileSync(configFile, `${OWN_WORDS}\n`);
  return {
    home,
    models: path.join(home, 'models'),
    configFile,
    serverUrl: server.url,
  };
}

function victimOn({ home, models, configFile, serverUrl }: BareComputer, flags: readonly string[]): Victim {
  let due: NodeJS.Timeout | undefined;
  return {
    args: [MAIN, 'setup', ...flags, '--no-sound', '--from', MODELS, '--config', configFile],
    cwd: home,
    env: {
      ...bareEnvironment(home),
      PRESSEL_MODELS: models,
      PRESSEL_LLM_URL: serverUrl,
      TERM: 'xterm',
      PULSE_SERVER: 'unix:/nowhere',
    },
    terminal: flags.length === 0,
    onOutput: (child) => {
      if (flags.length > 0) return;
      clearTimeout(due);
      due = setTimeout(() => child.stdin?.write('\r'), ENTER_AFTER_MS);
    },
  };
}

/** What was begun and is neither settings nor a model. */
function litterOn({ models, configFile }: BareComputer): string[] {
  const settings = readdirSync(path.dirname(configFile)).filter((name) => name !== path.basename(configFile));
  const entries = existsSync(models) ? readdirSync(models) : [];
  const ids = catalogue.map(({ id }) => id);
  const inModels = entries.flatMap((id) =>
    ids.includes(id) ? readdirSync(path.join(models, id)).filter((name) => name.includes('.part')) : [id],
  );
  return [...settings, ...inModels];
}

function isDocument(stdout: string): boolean {
  try {
    return typeof JSON.parse(stdout) === 'object';
  } catch {
    return false;
  }
}
