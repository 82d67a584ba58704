import type { CheckedThing, Verdict } from '../../../doctor/check.js';
import type { DoctorReport } from '../../protocol.js';
import { clockTime } from '../../view/durations.js';
import { CopyButton } from '../CopyButton.js';
import { Mark, type MarkKind } from '../Icon.js';

const MARKS: Readonly<Record<Verdict, MarkKind>> = {
  ok: 'good',
  degraded: 'attention',
  broken: 'bad',
  skipped: 'unknown',
};

const VERDICTS: Readonly<Record<Verdict, string>> = {
  ok: 'Works',
  degraded: 'Degraded',
  broken: 'Broken',
  skipped: 'Skipped',
};

const ALL_IN_ALL: Readonly<Record<DoctorReport['verdict'], string>> = {
  ok: 'Everything works.',
  degraded: 'It works, but not as well as it could.',
  broken: 'Something is broken.',
};

interface DoctorListProps {
  readonly report: DoctorReport | null;
  readonly refusal: string;
  readonly isExamining: boolean;
  readonly isLive: boolean;
  readonly onExamine: () => void;
}

/** What `pressel doctor` says, with what mends it. */
export function DoctorList({ report, refusal, isExamining, isLive, onExamine }: DoctorListProps) {
  const groups = [...new Set(report?.checks.map(({ group }) => group))];
  return (
    <section class="doctor" aria-labelledby="doctor-title">
      <div class="doctor-head">
        <h2 id="doctor-title">Checks</h2>
        <button type="button" class="strong" disabled={!isLive || isExamining} onClick={onExamine}>
          {isExamining ? 'Checking' : 'Run the checks'}
        </button>
      </div>
      <p class="soft" role="status">
        {refusal ||
          (isExamining
            ? 'This takes a few seconds.'
            : report
              ? `${ALL_IN_ALL[report.verdict]} As of ${clockTime(report.at).slice(0, 8)}.`
              : 'What pressel doctor would say of the appliance as it runs.')}
      </p>
      {groups.map((group) => (
        <div key={group} class="checks">
          <h3>{group}</h3>
          <ul>
            {report?.checks
              .filter((check) => check.group === group)
              .map((check) => (
                <CheckItem key={check.name} check={check} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function CheckItem({ check: { name, verdict, reason, remedy } }: { readonly check: CheckedThing }) {
  return (
    <li class={`check ${verdict}`}>
      <Mark kind={MARKS[verdict]} />
      <div>
        <p>
          <b>{name}</b> <span class={verdict === 'ok' ? 'unseen' : 'verdict'}>{VERDICTS[verdict]}</span>
        </p>
        <p class="soft">{reason}</p>
        {remedy !== undefined && (
          <div class="remedy">
            <code>{remedy}</code>
            <CopyButton label="Copy" text={() => remedy} />
          </div>
        )}
      </div>
    </li>
  );
}
