import type { Check, Finding } from '../check.js';
import { UNIT, type UnitState } from '../unitState.js';

/** How systemd says that a service ended, for people. */
export const UNIT_RESULTS: Readonly<Record<string, string>> = {
  'exit-code': 'it ended with an error',
  signal: 'it crashed',
  'core-dump': 'it crashed',
  watchdog: 'it hung, and was killed',
  timeout: 'it was not ready in time',
  'oom-kill': 'there was too little memory',
  'start-limit-hit': 'it ended too often in a short time',
  resources: 'the system could not start it',
};

const LOOK = 'journalctl -u pressel -e';

/** Whether the service runs, and starts with the computer. @param unit undefined: there is no systemd here */
export function serviceCheck(unit: UnitState | undefined): Check {
  return { group: 'service', name: 'state', run: async () => found(unit) };
}

function found(unit: UnitState | undefined): Finding {
  if (unit === undefined) return { verdict: 'skipped', reason: 'there is no systemd here, or it does not answer' };
  const { LoadState, ActiveState, SubState, UnitFileState, Result, StatusText, NRestarts } = unit;
  const details = { ...unit };
  if (LoadState === 'not-found') return { verdict: 'skipped', reason: `${UNIT} is not installed`, details };
  if (LoadState !== 'loaded') {
    return {
      verdict: 'broken',
      reason: `systemd cannot read ${UNIT} (${LoadState})`,
      remedy: `systemd-analyze verify ${UNIT}, and after a correction: sudo systemctl daemon-reload`,
      details,
    };
  }
  if (ActiveState === 'failed') {
    return {
      verdict: 'broken',
      reason: `it has failed: ${UNIT_RESULTS[Result] ?? Result}`,
      remedy: `${LOOK}; then: sudo systemctl reset-failed pressel && sudo systemctl start pressel`,
      details,
    };
  }
  if (ActiveState === 'activating' && SubState === 'auto-restart') {
    return {
      verdict: 'broken',
      reason: `it ends and is started again, ${NRestarts} times so far: ${UNIT_RESULTS[Result] ?? Result}`,
      remedy: LOOK,
      details,
    };
  }
  const state = ActiveState === 'inactive' ? 'stopped' : ActiveState;
  const says = StatusText === '' ? '' : `: ${StatusText}`;
  if (UnitFileState !== 'enabled') {
    return {
      verdict: 'degraded',
      reason: `${state}${says}; it does not start with the computer (${UnitFileState})`,
      remedy: UnitFileState === 'masked' ? 'sudo systemctl unmask pressel' : 'sudo systemctl enable pressel',
      details,
    };
  }
  if (ActiveState === 'inactive') {
    return {
      verdict: 'ok',
      reason: 'stopped; it starts with the computer',
      remedy: 'sudo systemctl start pressel',
      details,
    };
  }
  return { verdict: 'ok', reason: `${state}${says}`, details };
}
