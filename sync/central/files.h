/*
 * The portal's files, read into memory when the server starts and answered by name from a table:
 * no path of a request ever reaches the file system. A path without an extension is a page of the
 * portal and gets index.html.
 */
#ifndef CENTRAL_FILES_H
#define CENTRAL_FILES_H

#include "base/err.h"
#include "sync/central/api.h"

#define FILES_MAX       256
#define FILES_BYTES_MAX ((size_t)16 * 1024 * 1024) /* all together */

struct files;

/* Reads the folder and its sub-folders; ERR_FORMAT where there is no index.html. */
MUST_USE enum err files_load(const char *folder, struct files **out_files, struct refusal *refusal);
void files_destroy(struct files *files);
/* Answers GET and HEAD; the body is a view that lives as long as `files`. */
void files_handle(const struct files *files, const struct request *request,
                  struct response *out_response);

#endif
