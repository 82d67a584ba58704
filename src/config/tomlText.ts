/** A value of a setting as it can be written. */
export type TomlValue = string | number | boolean | readonly string[];

/** A comment is broken into lines of at most this length. */
const COMMENT_WIDTH = 100;

/** Writes a value as TOML reads it. */
export function tomlLiteral(value: TomlValue): string {
  if (typeof value === 'string') return tomlString(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return `[${value.map(tomlString).join(', ')}]`;
}

/** A key's full name: parts that are no bare keys are quoted. */
export function tomlKey(parts: readonly string[]): string {
  return parts.map((part) => (/^[\w-]+$/.test(part) ? part : tomlString(part))).join('.');
}

/** A text as the lines of a comment. */
export function tomlComment(text: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '#' && line.length + 1 + word.length > COMMENT_WIDTH) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return line === '#' ? lines : [...lines, line];
}

/** A basic string: JSON escapes as TOML does, but for DEL, which JSON leaves. */
function tomlString(text: string): string {
  return JSON.stringify(text).replaceAll('\u007F', '\\u007F');
}
