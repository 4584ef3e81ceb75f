/** The list of guard files of a project that exists, by the same program that it checks it with. */
export {
  fingerprints,
  guardList,
  guardListPath,
  isGuardFile,
  listedIn,
} from '../../../templates/retrofit/agents/tests/guard-list.ts';
