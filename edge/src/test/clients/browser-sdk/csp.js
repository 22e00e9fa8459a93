'use strict';

// Reports are sent some time after the violation, and nothing tells the page when.
setTimeout(() => (document.title = 'done'), 1500);
