import { ModelStore } from '../../src/models/modelStore.js';
import { crashModel } from './crashModel.js';

// Fetches the model into the folder that it is given, from a server or from another folder.
const [, , folder = '', source = ''] = process.argv;
const store = new ModelStore(folder, { env: {}, models: [crashModel(source)] });
const signal = new AbortController().signal;
await store.fetch('voice-a', source.startsWith('http') ? { signal } : { signal, from: source });
