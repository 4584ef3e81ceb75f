// Comes before the app is made: routers of other files are made earlier still, and where they are mounted has to be written down.
'use strict';

const express = require('express');
const { watchMounts } = require('./express-inside.cjs');

/** Whether routers are watched that were made before the app. */
const watchesEarly = true;

watchMounts(express.Router());

module.exports = { watchesEarly };
