package io.levee.local.archive;

import io.levee.engine.archive.ContentDigest;

/** What an object's blocks hold of one project and day, those included that were replaced since. */
record Section(ProjectDay key, ContentDigest digest) {}
