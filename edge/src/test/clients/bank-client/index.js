'use strict';

// Stands in for a library of somebody else: copied below node_modules, so that its frames are not "in app".
exports.openSocket = function openSocket(address) {
  throw new TypeError(`connect ECONNREFUSED ${address}`);
};
