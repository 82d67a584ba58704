import { render } from 'preact';
import './style/elements.css';
import './style/frame.css';
import { App } from './App.js';
import { chartSource } from './chart/chartSource.js';
import { LiveConnection } from './liveConnection.js';
import { ViewStore } from './viewStore.js';

const store = new ViewStore();
const connection = new LiveConnection(store.change);
const leaving = new AbortController();
connection.start(leaving.signal);
const root = document.getElementById('page');
if (root) render(<App store={store} connection={connection} loadChart={chartSource()} />, root);
