import { useState } from 'preact/hooks';

interface AskBoxProps {
  readonly maxChars: number;
  readonly isLive: boolean;
  readonly onAsk: (question: string) => void;
}

/** A question that is typed in place of being said. It is answered aloud. */
export function AskBox({ maxChars, isLive, onAsk }: AskBoxProps) {
  const [question, change] = useState('');
  const canAsk = isLive && question.trim() !== '';
  return (
    <form
      class="ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (!canAsk) return;
        onAsk(question.trim());
        change('');
      }}
    >
      <label for="question">Ask, and hear the answer</label>
      <div>
        <input
          id="question"
          type="text"
          autoComplete="off"
          enterkeyhint="send"
          maxLength={maxChars}
          value={question}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
        <button type="submit" class="strong" disabled={!canAsk}>
          Ask
        </button>
      </div>
    </form>
  );
}
