import { usePart, type ViewStore } from './viewStore.js';

/** Says why nothing moves, and what can be done about it. */
export function ConnectionNotice({ store }: { readonly store: ViewStore }) {
  const connection = usePart(store, (view) => view.connection);
  const isKnown = usePart(store, (view) => view.name !== '');
  switch (connection) {
    case 'live':
      return null;
    case 'connecting':
      return <p class="notice">Connecting to the appliance.</p>;
    case 'lost':
      return (
        <p class="notice" role="alert">
          The connection is lost; it is tried again. {isKnown && 'What you see is how it was last.'}
        </p>
      );
    case 'signedOut':
      return (
        <p class="notice" role="alert">
          The appliance does not know this browser any more. <a href="/login">Sign in</a>
        </p>
      );
    case 'outdated':
      return (
        <p class="notice" role="alert">
          The appliance runs another version than this page. Load the page again after its update is over.
        </p>
      );
  }
}
