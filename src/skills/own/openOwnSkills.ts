import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Clock } from '../../../hardware/clock.js';
import { loadMcpSdk, McpServer } from '../../mcp/mcpServer.js';
import type { IntentSkill } from '../intent.js';
import { Router } from '../router.js';
import { execPattern, execSkill, execTrouble } from './execSkill.js';
import { watchFloatingRejections } from './floatingRejections.js';
import { guardedSkill, type OnFailure } from './guardedSkill.js';
import { importSkill } from './importSkill.js';
import { ownSkillFiles } from './ownSkillFiles.js';
import type { SkillProblem } from './skillProblem.js';
import { readSkillTables, type SkillTable } from './skillTables.js';
import { PatternError } from './utterancePattern.js';

export interface OwnSkillsOptions {
  /** `skills.d`; need not exist. */
  readonly folder: string;
  /** Skills that are asked before these. */
  readonly builtIn: readonly IntentSkill<unknown>[];
  /** More names that are taken. */
  readonly taken?: readonly string[];
  /** Whether servers are started. Default: yes. */
  readonly startsServers?: boolean;
  /** The program's own; programs are given little of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Told about each answer that was none, for the log. */
  readonly onFailure: OnFailure;
  /** Told what becomes of the servers, for the log. */
  readonly onServer?: (server: string, message: string) => void;
}

/** What the owner has added. */
export interface OwnSkills {
  /** Understand utterances; to be asked after the built-in ones. */
  readonly skills: readonly IntentSkill<unknown>[];
  /** What the chat model may call of them, and the tools of the servers that are there at this moment. */
  readonly tools: readonly IntentSkill<unknown>[];
  /** How many servers there are, started or not. */
  readonly servers: number;
  readonly problems: readonly SkillProblem[];
  /** Resolves when each server has offered its tools, or has failed to for the first time. */
  readonly settled: Promise<void>;
  /** Ends the servers. */
  close(): Promise<void>;
}

interface Added {
  readonly where: string;
  readonly skill: IntentSkill<unknown>;
  readonly isRouted: boolean;
  readonly isTool: boolean;
  readonly examples: readonly string[];
}

/**
 * Loads everything in `skills.d`, in the order of the names of its files: modules (`.js`, `.mjs`, `.cjs`) and tables (`.toml`).
 * Whatever does not work is a problem, and the rest works. Servers are started in the background; their tools come and go.
 * What blocks the thread to load is loaded when it resolves.
 */
export async function openOwnSkills(options: OwnSkillsOptions): Promise<OwnSkills> {
  const { folder, builtIn, env, clock, onFailure, onServer } = options;
  const problems: SkillProblem[] = [];
  const files = await ownSkillFiles(folder, problems);
  const unwatch = watchFloatingRejections(folder, (error) => onFailure(folder, 'let a promise fail unheard', error));
  const found = await Promise.all(files.map((file) => load(file, options)));
  const router = new Router(builtIn);
  const names = new Map([...builtIn.map(({ name }) => name), ...(options.taken ?? [])].map((name) => [name, BUILT_IN]));
  const added: Added[] = [];
  const tables: McpServerTable[] = [];
  for (const one of found) {
    problems.push(...one.problems);
    for (const each of one.loaded) {
      const name = 'skill' in each ? each.skill.name : each.name;
      const holder = names.get(name);
      if (holder !== undefined) {
        const what = `the name "${name}" is taken by ${holder}`;
        problems.push({ where: each.where, what, remedy: 'Choose another one.', isSkipped: true });
        continue;
      }
      names.set(name, each.where);
      if (!('skill' in each)) {
        tables.push(each);
        continue;
      }
      added.push(each);
      problems.push(...answeredBefore(each, router));
    }
  }
  const isStarted = options.startsServers ?? true;
  if (isStarted && tables.length > 0) await loadMcpSdk();
  const servers = isStarted
    ? tables.map(({ name, table }) => new McpServer(name, table, { env, clock, onFailure, onServer }))
    : [];
  const tools = added.filter(({ isTool }) => isTool).map(({ skill }) => skill);
  return {
    skills: added.filter(({ isRouted }) => isRouted).map(({ skill }) => skill),
    get tools() {
      return [...tools, ...servers.flatMap((server) => server.tools)];
    },
    servers: tables.length,
    problems,
    settled: Promise.all(servers.map((server) => server.settled)).then(() => {}),
    close: async () => {
      unwatch();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

const BUILT_IN = 'a built-in skill';

/** Ours are asked first, so that "stop" stays ours: who has written the same words must hear why they do something else. */
function answeredBefore({ where, skill, examples }: Added, router: Router): SkillProblem[] {
  return examples.flatMap((example) => {
    const { route } = router.route(example);
    if (route === 'llm') return [];
    const what = `${skill.name}: "${example}" is answered by the built-in skill "${route.slice('intent:'.length)}"`;
    return [{ where, what, remedy: 'Choose other words.', isSkipped: false }];
  });
}

type McpServerTable = Extract<SkillTable, { kind: 'mcp' }>;

interface Loaded {
  readonly loaded: readonly (Added | McpServerTable)[];
  readonly problems: readonly SkillProblem[];
}

async function load(file: string, options: OwnSkillsOptions): Promise<Loaded> {
  const { clock, onFailure } = options;
  if (!file.endsWith('.toml')) {
    const imported = await importSkill(file, clock);
    if (!('skill' in imported)) return { loaded: [], problems: [imported] };
    return {
      loaded: [{ ...imported, where: file, skill: guardedSkill(imported.skill, clock, onFailure) }],
      problems: [],
    };
  }
  const { tables, problems } = readSkillTables(file, await readFile(file, 'utf8'));
  const loaded = await Promise.all(tables.map((table) => loadTable(table, options)));
  return {
    loaded: loaded.flatMap((one) => one.loaded),
    problems: [...problems, ...loaded.flatMap((one) => one.problems)],
  };
}

async function loadTable(one: SkillTable, options: OwnSkillsOptions): Promise<Loaded> {
  const problems = await programProblems(one, options);
  if (one.kind === 'mcp') return { loaded: [one], problems };
  const { name, where, table } = one;
  try {
    const skill = execSkill(name, table, options);
    const examples = table.patterns.flatMap((pattern) => execPattern(pattern).example ?? []);
    return { loaded: [{ where, skill, isRouted: table.patterns.length > 0, isTool: table.tool, examples }], problems };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const what = `exec.${name}.patterns: ${error.message}`;
    return { loaded: [], problems: [{ where, what, remedy: 'Correct it and start again.', isSkipped: true }] };
  }
}

/** It may be installed later: the skill stays. */
async function programProblems(
  { kind, name, where, table }: SkillTable,
  { env }: OwnSkillsOptions,
): Promise<SkillProblem[]> {
  const { working_folder: folder } = table;
  if (!existsSync(folder)) {
    const what = `${kind}.${name}.working_folder: ${folder} is not there`;
    return [{ where, what, remedy: `Run: mkdir -p ${folder}`, isSkipped: false }];
  }
  const trouble = await execTrouble(table, env);
  if (trouble === undefined) return [];
  const [program] = table.command;
  const isMissing = trouble === 'missing';
  const what = `${kind}.${name}: ${program} ${isMissing ? 'is not there' : 'is not executable'}`;
  const remedy = isMissing ? 'Install it, or give its whole path in command.' : `Run: chmod +x ${program}`;
  return [{ where, what, remedy, isSkipped: false }];
}
