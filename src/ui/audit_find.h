/* Where the audit's parts write what they find: the first `max` findings, and how many in all. */
#ifndef UI_AUDIT_FIND_H
#define UI_AUDIT_FIND_H

#include "ui/audit.h"

struct audit_report {
    struct audit_finding *findings;
    int max;
    int count;
};

static inline void audit_find(struct audit_report *report, enum audit_rule rule, int element,
                              struct rect rect)
{
    if (report->count < report->max)
        report->findings[report->count] = (struct audit_finding){rule, element, rect};
    report->count++;
}

#endif
