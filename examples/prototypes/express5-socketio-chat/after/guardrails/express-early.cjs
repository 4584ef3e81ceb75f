// Comes before the app is made: routers of other files are made earlier still, and where they are mounted has to be written down.
'use strict';

const express = require('express');
const { watchMounts } = require('./express-inside.cjs');

watchMounts(express.Router());
