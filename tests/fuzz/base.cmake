help_fuzz(options SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/options.c LINK base)
