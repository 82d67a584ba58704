import { useMemo } from 'preact/hooks';
import './health.css';
import { type HealthFact, healthFacts } from '../../view/healthFacts.js';
import { Mark } from '../Icon.js';
import type { LiveConnection } from '../liveConnection.js';
import { usePart, type ViewStore } from '../viewStore.js';
import { DoctorList } from './DoctorList.js';

interface HealthViewProps {
  readonly store: ViewStore;
  readonly connection: LiveConnection;
  readonly isLive: boolean;
}

/** How the appliance and its computer are, and what the doctor says. */
export function HealthView({ store, connection, isLive }: HealthViewProps) {
  const health = usePart(store, (view) => view.health);
  const report = usePart(store, (view) => view.doctor);
  const isExamining = usePart(store, (view) => view.isExamining);
  const refusal = usePart(store, (view) => view.refusal);
  const program = usePart(store, (view) => view.program);
  const groups = useMemo(() => (health ? healthFacts(health) : []), [health]);
  return (
    <div class="health">
      <section aria-labelledby="health-title">
        <h2 id="health-title">Health</h2>
        <p class="soft">{program}</p>
        {!health && <p class="soft">Measuring.</p>}
        <div class="groups">
          {groups.map(({ title, facts }) => (
            <div key={title}>
              <h3>{title}</h3>
              <dl>
                {facts.map((fact) => (
                  <Fact key={fact.term} fact={fact} />
                ))}
              </dl>
            </div>
          ))}
        </div>
      </section>
      <DoctorList
        report={report}
        refusal={refusal}
        isExamining={isExamining}
        isLive={isLive}
        onExamine={() => {
          store.change({ type: 'examining' });
          connection.send({ type: 'doctor' });
        }}
      />
    </div>
  );
}

function Fact({ fact: { term, value, meaning, isGood } }: { readonly fact: HealthFact }) {
  return (
    <div class={isGood ? 'fact' : 'fact attention'}>
      <dt>{term}</dt>
      <dd>
        <span class="value">{value}</span>
        {(meaning !== '' || !isGood) && (
          <span class="meaning">
            {!isGood && (
              <>
                <Mark kind="attention" />
                <span class="unseen">Attention: </span>
              </>
            )}
            {meaning}
          </span>
        )}
      </dd>
    </div>
  );
}
