foreach(harness bundle receipt envelope settings)
    help_fuzz(${harness} SOURCES ${CMAKE_CURRENT_LIST_DIR}/${harness}.c LINK wire)
endforeach()
help_fuzz(local SOURCES ${CMAKE_CURRENT_LIST_DIR}/local.c LINK local)
