// Comes before the app is made: routers of other files are made earlier still, and where they are mounted has to be written down.
import express from 'express';
import { watchMounts } from './express-inside.mjs';

/** Whether routers are watched that were made before the app. */
export const watchesEarly = true;

watchMounts(express.Router());
