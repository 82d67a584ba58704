/**
 * Copies `text`. The clipboard's own interface exists only where the page came over https or from this very computer; on
 * plain http a selection is copied instead. Rejects when neither works.
 */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext && navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'copied-from';
  area.ariaHidden = 'true';
  document.body.append(area);
  try {
    area.select();
    if (!document.execCommand('copy')) throw new Error('The browser did not copy it.');
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
