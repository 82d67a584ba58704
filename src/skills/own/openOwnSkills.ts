import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../../hardware/clock.js';
import { loadMcpSdk, McpServer } from '../../mcp/mcpServer.js';
import { systemErrorCode } from '../../models/modelError.js';
import type { IntentSkill } from '../intent.js';
import { execSkill, execTrouble } from './execSkill.js';
import { guardedSkill, type OnFailure } from './guardedSkill.js';
import { importSkill } from './importSkill.js';
import type { SkillProblem } from './skillProblem.js';
import { readSkillTables, type SkillTable } from './skillTables.js';
import { PatternError } from './utterancePattern.js';

export interface OwnSkillsOptions {
  /** `skills.d`; need not exist. */
  readonly folder: string;
  /** Names of skills that are taken. */
  readonly taken: readonly string[];
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
  readonly problems: readonly SkillProblem[];
  /** Ends the servers. */
  close(): Promise<void>;
}

interface Added {
  readonly where: string;
  readonly skill: IntentSkill<unknown>;
  readonly isRouted: boolean;
  readonly isTool: boolean;
}

/**
 * Loads everything in `skills.d`, in the order of the names of its files: modules (`.js`, `.mjs`) and tables (`.toml`).
 * Whatever does not work is a problem, and the rest works. Servers are started in the background; their tools come and go.
 * What blocks the thread to load is loaded when it resolves.
 */
export async function openOwnSkills(options: OwnSkillsOptions): Promise<OwnSkills> {
  const problems: SkillProblem[] = [];
  const found = await Promise.all(
    (await filesOf(options.folder, problems)).map((file) => load(file, options, problems)),
  );
  const names = new Map(options.taken.map((name) => [name, 'a built-in skill']));
  const added: Added[] = [];
  const servers: McpServer[] = [];
  if (found.flat().some((one) => !('skill' in one))) await loadMcpSdk();
  for (const one of found.flat()) {
    const name = 'skill' in one ? one.skill.name : one.name;
    const holder = names.get(name);
    if (holder !== undefined) {
      const what = `the name "${name}" is taken by ${holder}`;
      problems.push({ where: one.where, what, remedy: 'Choose another one.', isSkipped: true });
      continue;
    }
    names.set(name, one.where);
    if ('skill' in one) {
      added.push(one);
    } else if (one.kind === 'mcp') {
      const { env, clock, onFailure, onServer } = options;
      servers.push(new McpServer(name, one.table, { env, clock, onFailure, onServer }));
    }
  }
  const tools = added.filter(({ isTool }) => isTool).map(({ skill }) => skill);
  return {
    skills: added.filter(({ isRouted }) => isRouted).map(({ skill }) => skill),
    get tools() {
      return [...tools, ...servers.flatMap((server) => server.tools)];
    },
    problems,
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/** Files of the folder that are to be loaded. */
async function filesOf(folder: string, problems: SkillProblem[]): Promise<string[]> {
  try {
    if (await isSafe(folder, problems)) {
      const names = await readdir(folder);
      return names
        .filter((name) => /^[^.].*\.(?:m?js|toml)$/.test(name))
        .sort()
        .map((name) => path.join(folder, name));
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT') {
      const remedy = 'It has to be a folder that this user may read (skills.folder).';
      problems.push({ where: folder, what: `cannot be read (${code ?? error})`, remedy, isSkipped: true });
    }
  }
  return [];
}

/** What anyone may write is not run: on a shared computer it would be anyone's program. */
async function isSafe(place: string, problems: SkillProblem[]): Promise<boolean> {
  if (((await stat(place)).mode & 0o002) === 0) return true;
  problems.push({
    where: place,
    what: 'may be written by every user of this computer',
    remedy: `Run: chmod o-w ${place}`,
    isSkipped: true,
  });
  return false;
}

type Loaded = Added | Extract<SkillTable, { kind: 'mcp' }>;

async function load(file: string, options: OwnSkillsOptions, problems: SkillProblem[]): Promise<Loaded[]> {
  try {
    if (!(await isSafe(file, problems))) return [];
    if (!file.endsWith('.toml')) {
      const imported = await importSkill(file, options.clock);
      if ('skill' in imported) {
        return [{ ...imported, where: file, skill: guardedSkill(imported.skill, options.clock, options.onFailure) }];
      }
      problems.push(imported);
      return [];
    }
    const read = readSkillTables(file, await readFile(file, 'utf8'));
    problems.push(...read.problems);
    const loaded = await Promise.all(read.tables.map((table) => loadTable(table, options, problems)));
    return loaded.flat();
  } catch (error) {
    const what = `cannot be read (${systemErrorCode(error) ?? error})`;
    problems.push({ where: file, what, remedy: 'Make it a file that this user may read.', isSkipped: true });
    return [];
  }
}

async function loadTable(one: SkillTable, options: OwnSkillsOptions, problems: SkillProblem[]): Promise<Loaded[]> {
  const trouble = await execTrouble(one.table, options.env);
  if (trouble !== undefined) {
    const [program] = one.table.command;
    problems.push({
      where: one.where,
      what: `${one.kind}.${one.name}: ${program} ${trouble === 'missing' ? 'is not there' : 'is not executable'}`,
      remedy: trouble === 'missing' ? 'Install it, or give its whole path in command.' : `Run: chmod +x ${program}`,
      isSkipped: false,
    });
  }
  if (one.kind === 'mcp') return [one];
  const { name, where, table } = one;
  try {
    const skill = execSkill(name, table, options);
    return [{ where, skill, isRouted: table.patterns.length > 0, isTool: table.tool }];
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const what = `exec.${name}.patterns: ${error.message}`;
    problems.push({ where, what, remedy: 'Correct it and start again.', isSkipped: true });
    return [];
  }
}
