import { useEffect, useState } from 'preact/hooks';
import { copyText } from './copyText.js';

const SAID_FOR_MS = 2000;

interface CopyButtonProps {
  readonly label: string;
  readonly text: () => string;
}

/** Copies `text`, and says whether it could. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const [said, say] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => say(''), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    copyText(text()).then(
      () => say('Copied'),
      () => say('Could not copy'),
    );
  return (
    <button type="button" class="plain" onClick={copy}>
      <span aria-live="polite">{said || label}</span>
    </button>
  );
}
