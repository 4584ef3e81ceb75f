export { runAdd, runRetrofit } from './retrofit-path.ts';
export { runUndo } from './undo-run.ts';
