/** Quoted text, names of settings (`tts.voice`, `silence_ms`) and of variables (`MQTT_PASSWORD`). */
const CODE = /"([^"]+)"|\b[a-z]+(?:[._][a-z]+)*[._][a-z]+\b|\b[A-Z]+(?:_[A-Z]+)+\b/g;

/**
 * The plain text of a meaning or a complaint as Markdown: what is typed becomes code. A command loses the quotes that
 * show where it ends; a value keeps them, as they belong to it in the file.
 */
export function codeIn(text: string): string {
  return text.replace(CODE, (found, quoted: string | undefined) =>
    quoted?.startsWith('pressel ') ? `\`${quoted}\`` : `\`${found}\``,
  );
}

/** A table with a row of headings. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
