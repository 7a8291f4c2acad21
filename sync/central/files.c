/* The portal's files, from memory: see files.h. */
#include "sync/central/files.h"

#include <dirent.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/hex.h"

#define DEPTH_MAX 8

struct file {
    char *path; /* "/assets/app.js" */
    char *bytes;
    size_t size;
    const char *type;
    char etag[72];
};

struct files {
    size_t count;
    size_t bytes;
    struct file all[FILES_MAX];
};

static const char *content_type(const char *path)
{
    static const char *const types[][2] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".json", "application/json; charset=utf-8"},
        {".txt", "text/plain; charset=utf-8"},
        {".webmanifest", "application/manifest+json"},
    };
    const char *dot = strrchr(path, '.');

    for (size_t i = 0; dot != NULL && i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(dot, types[i][0]) == 0)
            return types[i][1];
    }
    return "application/octet-stream";
}

static enum err add_file(struct files *files, const char *folder, const char *name,
                         struct refusal *refusal)
{
    char path[PATH_MAX];
    unsigned char hash[16];
    char text[2 * sizeof hash + 1];
    struct file *file = &files->all[files->count];

    refusal_place(refusal, "%s%s", folder, name);
    if (snprintf(path, sizeof path, "%s%s", folder, name) >= (int)sizeof path ||
        files->count == FILES_MAX) {
        refusal_problem(refusal, "there are more than %d files", FILES_MAX);
        refusal_remedy(refusal, "Give the portal's built folder with --portal-files");
        return ERR_LIMIT;
    }
    enum err e = file_read(path, FILES_BYTES_MAX - files->bytes, &file->bytes, &file->size);
    if (e != ERR_OK) {
        refusal_problem(refusal, "can't be read: %s", err_name(e));
        refusal_remedy(refusal, "Build the portal again, or check who may read it");
        return e;
    }
    file->path = strdup(name);
    files->count++;
    if (file->path == NULL)
        return ERR_MEMORY;
    files->bytes += file->size;
    file->type = content_type(name);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)file->bytes, file->size, NULL, 0);
    hex_encode(hash, sizeof hash, text);
    snprintf(file->etag, sizeof file->etag, "\"%s\"", text);
    return ERR_OK;
}

static enum err add_folder(struct files *files, const char *root, const char *under, int depth,
                           struct refusal *refusal)
{
    char path[PATH_MAX];
    enum err e = ERR_OK;
    DIR *entries = NULL;

    if (depth > DEPTH_MAX || snprintf(path, sizeof path, "%s%s", root, under) >= (int)sizeof path)
        return ERR_LIMIT;
    entries = opendir(path);
    if (entries == NULL) {
        refusal_place(refusal, "%s", path);
        refusal_problem(refusal, "is not a folder that can be read");
        refusal_remedy(refusal, "Give the portal's built folder with --portal-files");
        return ERR_NOT_FOUND;
    }
    for (struct dirent *entry = readdir(entries); entry != NULL && e == ERR_OK;
         entry = readdir(entries)) {
        char name[PATH_MAX];
        struct stat about;
        if (entry->d_name[0] == '.')
            continue;
        if (snprintf(name, sizeof name, "%s/%s", under, entry->d_name) >= (int)sizeof name ||
            snprintf(path, sizeof path, "%s%s", root, name) >= (int)sizeof path)
            e = ERR_LIMIT;
        else if (lstat(path, &about) != 0)
            e = ERR_IO;
        else if (S_ISDIR(about.st_mode))
            e = add_folder(files, root, name, depth + 1, refusal);
        else if (S_ISREG(about.st_mode))
            e = add_file(files, root, name, refusal);
    }
    closedir(entries);
    return e;
}

static const struct file *find(const struct files *files, struct str path)
{
    for (size_t i = 0; i < files->count; i++) {
        if (str_is(path, files->all[i].path))
            return &files->all[i];
    }
    return NULL;
}

enum err files_load(const char *folder, struct files **out_files, struct refusal *refusal)
{
    struct files *files = calloc(1, sizeof *files);

    if (files == NULL)
        return ERR_MEMORY;
    enum err e = add_folder(files, folder, "", 0, refusal);
    if (e == ERR_OK && find(files, STR_LITERAL("/index.html")) == NULL) {
        refusal_place(refusal, "%s", folder);
        refusal_problem(refusal, "has no index.html");
        refusal_remedy(refusal, "Give the portal's built folder with --portal-files");
        e = ERR_FORMAT;
    }
    if (e != ERR_OK)
        files_destroy(files);
    else
        *out_files = files;
    return e;
}

void files_destroy(struct files *files)
{
    if (files == NULL)
        return;
    for (size_t i = 0; i < files->count; i++) {
        free(files->all[i].path);
        free(files->all[i].bytes);
    }
    free(files);
}

static bool has_extension(struct str path)
{
    for (size_t i = path.len; i > 0 && path.at[i - 1] != '/'; i--) {
        if (path.at[i - 1] == '.')
            return true;
    }
    return false;
}

void files_handle(const struct files *files, const struct request *request,
                  struct response *out_response)
{
    static const char not_found[] = "There is nothing at this address.\n";
    bool reads = str_is(request->method, "GET") || str_is(request->method, "HEAD");
    const struct file *file = find(files, request->path);

    memset(out_response, 0, sizeof *out_response);
    if (file == NULL && !has_extension(request->path))
        file = find(files, STR_LITERAL("/index.html"));
    if (file == NULL || !reads) {
        out_response->status = reads ? 404 : 405;
        out_response->content_type = "text/plain; charset=utf-8";
        out_response->body = not_found;
        out_response->body_bytes = sizeof not_found - 1;
        return;
    }
    out_response->cacheable = true;
    memcpy(out_response->etag, file->etag, sizeof file->etag);
    if (str_is(request->if_none_match, file->etag)) {
        out_response->status = 304;
        return;
    }
    out_response->status = 200;
    out_response->content_type = file->type;
    out_response->body = file->bytes;
    out_response->body_bytes = file->size;
}
