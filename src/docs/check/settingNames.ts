import { createAssistantMachine } from '../../../machines/assistant.js';
import { createButtonMachine } from '../../../machines/button.js';
import { BOARD_KEY, chooseBoard } from '../../config/boardSetting.js';
import { checkSetting } from '../../config/checkSetting.js';
import { SETTINGS } from '../../config/config.js';
import { hint, nearestSection, nearestSettings } from '../../config/givenSetting.js';
import { readToml } from '../../config/tomlFile.js';
import { execTable, mcpTable } from '../../skills/own/skillTables.js';

/** A setting that a text names. */
export interface NamedSetting {
  readonly section: string;
  readonly key: string;
}

/** What is named so has a dot without being a setting: files, and the events of the statecharts. */
const FILE_NAME = /\.(c?js|mjs|ts|jsonl?|toml|wav|sh|md|d|deb|onnx|service|sig|conf|txt|log|lock|svg)$/;

export class SettingNames {
  readonly #events: ReadonlySet<string> = new Set(
    [createAssistantMachine(), createButtonMachine()].flatMap(({ events }) => events.map(String)),
  );

  /** The setting of `tts.voice` or `tts.voice = "flite:slt"`; undefined for anything else. */
  named(code: string): NamedSetting | undefined {
    const [, name = ''] = /^([a-z_]+(?:\.[a-z_]+)*)(?:\s*=\s.*)?$/s.exec(code) ?? [];
    if (name === BOARD_KEY && name !== code) return { section: '', key: name };
    const { section, key } = split(name);
    return SETTINGS.get(section)?.includes(key) ? { section, key } : undefined;
  }

  /** The section of `[skills.mqtt]`. */
  section(code: string): string | undefined {
    const [, name = ''] = /^\[([a-z_.]+)\]$/.exec(code) ?? [];
    return SETTINGS.has(name) ? name : undefined;
  }

  /** What is wrong with code that looks like a setting, a section or an assignment. */
  problem(code: string): string | undefined {
    const [, section] = /^\[([a-z_]+(?:\.[a-z_]+)*)\]$/.exec(code) ?? [];
    if (section !== undefined) return this.#sectionProblem(section);
    if (/^[a-z_]+(\.[a-z_]+)* = \S/.test(code)) return this.#assignmentProblem(code);
    return /^[a-z_]+(\.[a-z_]+)+$/.test(code) ? this.#nameProblem(code) : undefined;
  }

  #sectionProblem(name: string): string | undefined {
    // [exec.water] is a skill of the owner's.
    if (SETTINGS.has(name) || /^(exec|mcp)\./.test(name)) return undefined;
    return `there is no section [${name}]${hint([nearestSection(name)])}`;
  }

  #nameProblem(name: string): string | undefined {
    const { section, key } = split(name);
    if (SETTINGS.has(name) || SETTINGS.get(section)?.includes(key)) return undefined;
    if (this.#events.has(name) || FILE_NAME.test(name)) return undefined;
    const near = nearestSection(section);
    const isMeant = SETTINGS.has(section) || isOwnKey(key) || SETTINGS.get(near ?? '')?.includes(key);
    return isMeant ? `there is no setting ${name}${hint(nearestSettings(near ?? section, key))}` : undefined;
  }

  #assignmentProblem(code: string): string | undefined {
    const [name = ''] = code.split(' ');
    if (name !== BOARD_KEY && !name.includes('.')) return this.#bareAssignmentProblem(name, code);
    if (name.includes('.')) {
      const problem = this.#nameProblem(name);
      if (problem !== undefined || this.named(name) === undefined) return problem;
    }
    return valueProblem(code);
  }

  /** `output = "rgb"`: right if it is for any section that has such a key. */
  #bareAssignmentProblem(key: string, code: string): string | undefined {
    if (key in execTable.shape || key in mcpTable.shape) return undefined;
    const sections = [...SETTINGS].filter(([, keys]) => keys.includes(key)).map(([section]) => section);
    if (sections.length === 0) return `no section has a key "${key}"${hint(nearestSettings('', key))}`;
    const problems = sections.map((section) => valueProblem(`${section}.${code}`));
    return problems.includes(undefined) ? undefined : problems[0];
  }
}

/** A key that no other kind of name would be: `silence_ms`. */
function isOwnKey(key: string): boolean {
  return key.includes('_') && [...SETTINGS.values()].some((keys) => keys.includes(key));
}

/** What the reader of the configuration says of one line. */
function valueProblem(code: string): string | undefined {
  const layer = readToml('', code);
  const problems = layer.flatMap((given) => {
    const checked = 'section' in given ? checkSetting(given) : given;
    return 'problem' in checked ? [checked.problem] : [];
  });
  const [problem] = [...problems, ...chooseBoard(layer).problems];
  return problem?.replace(/^:\d+(:\d+)?: /, '');
}

function split(name: string): NamedSetting {
  const dot = name.lastIndexOf('.');
  return { section: name.slice(0, Math.max(0, dot)), key: name.slice(dot + 1) };
}
