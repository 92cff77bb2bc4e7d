/** The call patterns of applications that were written for the original: they have to compile, and those of the guides to run. */
package io.ibid.port;
