foreach(harness bundle receipt envelope settings)
    help_fuzz(${harness} SOURCES ${CMAKE_CURRENT_LIST_DIR}/${harness}.c LINK wire)
endforeach()
# Ed25519 is not what is fuzzed: see unsigned.h.
foreach(harness bundle receipt)
    target_link_options(fuzz_${harness} PRIVATE -Wl,--wrap=sign_bytes -Wl,--wrap=sign_check)
endforeach()
help_fuzz(local SOURCES ${CMAKE_CURRENT_LIST_DIR}/local.c LINK local)
