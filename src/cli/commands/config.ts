import { Command } from 'commander';
import { SETTINGS } from '../../config/config.js';
import { type LoadedConfig, loadConfig } from '../../config/loadConfig.js';
import type { Io } from '../io.js';

/** `pressel config`: the effective configuration, and where each value came from. */
export function configCommand(io: Io): Command {
  return new Command('config')
    .description('show the effective configuration and where each value came from')
    .option('--json', 'print one JSON document')
    .option('--config <file>', 'read this file instead of the usual ones')
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<{ json?: boolean; config?: string }>();
      const loaded = await loadConfig({ file: options.config, env: io.env, home: io.home });
      io.stdout.write(options.json ? asJson(loaded) : asToml(loaded));
    });
}

function* settings(loaded: LoadedConfig) {
  const raw: Readonly<Record<string, Readonly<Record<string, unknown>>>> = loaded.raw;
  for (const [section, keys] of SETTINGS) {
    for (const key of keys) {
      const name = `${section}.${key}` as const;
      yield { name, value: raw[section]?.[key] ?? null, origin: loaded.origins.get(name) ?? 'default' };
    }
  }
}

function asJson(loaded: LoadedConfig): string {
  const values = Object.fromEntries([...settings(loaded)].map(({ name, value, origin }) => [name, { value, origin }]));
  const board = { value: loaded.board.name, origin: loaded.board.origin };
  return `${JSON.stringify({ file: loaded.file, board, values }, null, 2)}\n`;
}

/** Valid TOML, so that lines can be copied into a file. A setting without a value is a comment. */
function asToml(loaded: LoadedConfig): string {
  const board = { line: `board = ${JSON.stringify(loaded.board.name)}`, origin: loaded.board.origin };
  const values = [...settings(loaded)].map(({ name, value, origin }) => ({
    line: value === null ? `# ${name} is not set` : `${name} = ${JSON.stringify(value)}`,
    origin,
  }));
  const rows = [board, ...values];
  const width = Math.max(...rows.map(({ line }) => line.length));
  const lines = rows.map(({ line, origin }) => `${line.padEnd(width)}   # ${origin}\n`);
  return [`# ${loaded.file ?? 'no configuration file'}\n`, ...lines].join('');
}
